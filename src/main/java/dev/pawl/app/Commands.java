package dev.pawl.app;

import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the commands, each with what it needs. */
final class Commands implements IFactory {
    private final Environment environment;
    private final PrintStream out;

    Commands(Environment environment, PrintStream out) {
        this.environment = environment;
        this.out = out;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        if (type == AdvanceCommand.class) {
            return type.cast(new AdvanceCommand(environment, out));
        }
        if (type == PolicyCommand.Check.class) {
            return type.cast(new PolicyCommand.Check(out));
        }
        if (type == DoctorCommand.class) {
            return type.cast(new DoctorCommand(environment, out));
        }
        if (type == RepairCommand.class) {
            return type.cast(new RepairCommand(environment, out));
        }
        if (type == SandboxCommand.class) {
            return type.cast(new SandboxCommand(environment.variables(), out));
        }
        return CommandLine.defaultFactory().create(type);
    }
}
