package dev.pawl.sandbox.fault;

import dev.pawl.sandbox.world.WebhookEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * How events are delivered that wait together.
 *
 * @param copies how often each comes
 * @param lostPercent how likely each copy is lost
 * @param shuffled whether they come in another order
 * @param seed where chance comes from
 */
public record Delivery(int copies, int lostPercent, boolean shuffled, long seed) {
    /** Each once, in order. */
    public static final Delivery ORDERLY = new Delivery(1, 0, false, 1);

    public Delivery {
        if (copies < 1 || lostPercent < 0 || lostPercent > 100) {
            throw new IllegalArgumentException("no way to deliver: " + copies + " copies, " + lostPercent + " % lost");
        }
    }

    /** Each so often. */
    public Delivery copies(int times) {
        return new Delivery(times, lostPercent, shuffled, seed);
    }

    /** Each copy lost with that likelihood. */
    public Delivery losing(int percent) {
        return new Delivery(copies, percent, shuffled, seed);
    }

    /** In another order. */
    public Delivery shuffled(long by) {
        return new Delivery(copies, lostPercent, true, by);
    }

    /** The events as they come. */
    public List<WebhookEvent> of(List<WebhookEvent> events) {
        var random = new Random(seed + events.size());
        var all = new ArrayList<WebhookEvent>();
        for (WebhookEvent event : events) {
            for (int copy = 0; copy < copies; copy++) {
                if (random.nextInt(100) >= lostPercent) {
                    all.add(event);
                }
            }
        }
        if (shuffled) {
            Collections.shuffle(all, random);
        }
        return all;
    }
}
