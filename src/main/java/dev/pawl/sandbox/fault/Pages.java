package dev.pawl.sandbox.fault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.sandbox.http.Answer;
import dev.pawl.sandbox.http.Bytes;
import dev.pawl.sandbox.http.Incoming;
import dev.pawl.sandbox.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Lists whose pages aren't in order, or move while one reads them. */
final class Pages {
    private final Random random;
    /** The page that was shown last, by the list's path. */
    private final Map<String, List<JsonNode>> last = new HashMap<>();

    Pages(Random random) {
        this.random = random;
    }

    /** The answer as it shows. */
    Answer shown(Incoming request, Answer answer, List<Fault> faults) {
        if (request.area() != Incoming.Area.API || request.isWrite() || answer.status() != 200) {
            return answer;
        }
        Optional<JsonNode> json = Json.read(answer.body().text()).filter(JsonNode::isArray);
        if (json.isEmpty()) {
            return answer;
        }
        var items = new ArrayList<JsonNode>();
        json.get().forEach(items::add);
        List<JsonNode> whole = List.copyOf(items);
        faults.forEach(fault -> apply(fault, request, items));
        last.put(Target.below(request), whole);
        return items.equals(whole)
                ? answer
                : new Answer(
                        answer.status(),
                        answer.headers(),
                        Bytes.of(Json.array(items.stream()).toString()));
    }

    private void apply(Fault fault, Incoming request, List<JsonNode> items) {
        switch (fault) {
            case Fault.Shuffled() -> Collections.shuffle(items, random);
            case Fault.Shifted(int by) -> {
                boolean isLater =
                        !request.parameters().getOrDefault("page", "1").equals("1");
                if (isLater && by > 0) {
                    items.subList(0, Math.min(by, items.size())).clear();
                } else if (isLater) {
                    List<JsonNode> before = last.getOrDefault(Target.below(request), List.of());
                    items.addAll(0, before.subList(Math.max(0, before.size() + by), before.size()));
                }
            }
            case Fault.Refused _,
                    Fault.Trouble _,
                    Fault.Lost _,
                    Fault.Mangled _,
                    Fault.Slow _,
                    Fault.Hidden _,
                    Fault.Stale _ -> {}
        }
    }
}
