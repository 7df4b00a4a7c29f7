package dev.pawl.app.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.domain.report.Checkup;
import dev.pawl.domain.report.Finding;
import java.util.ArrayList;
import java.util.List;

/** Keeps the findings, and makes one JSON object of them at the end. */
public final class JsonCheckup implements Checkup {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Finding> findings = new ArrayList<>();

    @Override
    public void looks(String what) {
        // programs wait for the end
    }

    @Override
    public void finds(Finding finding) {
        findings.add(finding);
    }

    /** All that was found. */
    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** The object, without a line break at its end. */
    public String text() {
        ObjectNode json = JSON.createObjectNode();
        json.put("exit_code", Finding.outcome(findings).exitCode());
        ArrayNode list = json.putArray("findings");
        for (Finding finding : findings) {
            list.addObject()
                    .put("area", finding.area())
                    .put("check", finding.check())
                    .put("level", finding.level().word())
                    .put("says", finding.says())
                    .put("todo", finding.todo().orElse(null));
        }
        return json.toPrettyString();
    }
}
