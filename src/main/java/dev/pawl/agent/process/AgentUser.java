package dev.pawl.agent.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A user of the system that only agents run as: every process of it may be ended, and is.
 *
 * @param uid its number
 * @param gid the number of its group, the only one that its processes have
 */
public record AgentUser(long uid, long gid) {
    /** Numbers that no distribution gives to anybody (systemd.io, "Users, Groups, UIDs and GIDs on systemd Systems"). */
    private static final long FIRST = 1_900_000_000L;

    private static final long COUNT = 100_000_000L;

    public AgentUser {
        if (uid < 1 || gid < 1) {
            throw new IllegalArgumentException("no user for agents: " + uid + ":" + gid);
        }
    }

    /** One that nobody else has: two invocations on one machine must not end each other's agents. */
    static AgentUser ofNobodyElse(String nonce) {
        long number = FIRST + Math.floorMod(nonce.hashCode() * 0x9E3779B97F4A7C15L, COUNT);
        return new AgentUser(number, number);
    }

    /** The user of that name, as the system's own file has it; empty where there is none, or where it is root. */
    static Optional<AgentUser> named(String name, Path passwd) {
        try {
            return Files.readAllLines(passwd).stream()
                    .map(line -> line.split(":", -1))
                    .filter(fields -> fields.length > 3 && fields[0].equals(name))
                    .filter(fields -> number(fields[2]) && number(fields[3]))
                    .findFirst()
                    .map(fields -> new AgentUser(Long.parseLong(fields[2]), Long.parseLong(fields[3])));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean number(String text) {
        return text.length() < 11 && text.chars().allMatch(Character::isDigit) && !text.matches("0*");
    }

    @Override
    public String toString() {
        return uid + ":" + gid;
    }
}
