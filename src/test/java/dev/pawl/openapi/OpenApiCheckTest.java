package dev.pawl.openapi;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.sandbox.http.Exchange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenApiCheckTest {
    @Test
    void anAnswerThatGitHubWouldNotGiveIsFound() {
        assertThatThrownBy(() -> OpenApiCheck.check(labels("[{\"id\":\"seven\",\"name\":\"bug\"}]")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("GET /repositories/7/labels -> 200")
                .hasMessageContaining("[Path '/0/id']")
                .hasMessageContaining("color");
        assertThatCode(() -> OpenApiCheck.check(labels("[]"))).doesNotThrowAnyException();
    }

    @Test
    void aRequestThatGitHubWouldNotUnderstandIsFound() {
        assertThatThrownBy(() -> OpenApiCheck.check(exchange("POST", "/repos/o/r/git/refs", "{\"ref\":7}", 201, "{}")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("[Path '/ref']");
    }

    @Test
    void aPathThatGitHubDoesNotHaveIsFound() {
        assertThatThrownBy(() -> OpenApiCheck.check(exchange("GET", "/repos/o/r/isues", "", 200, "[]")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("No API path found");
    }

    private static Exchange labels(String answer) {
        return exchange("GET", "/repositories/7/labels", "", 200, answer);
    }

    private static Exchange exchange(String method, String path, String request, int status, String answer) {
        Map<String, String> json = Map.of("Content-Type", "application/json; charset=utf-8");
        return new Exchange(method, path, "", Map.of("accept", List.of("*/*")), request, status, json, answer, "alice");
    }
}
