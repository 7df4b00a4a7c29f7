package dev.pawl.agent.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {
    @Test
    void holesAreFilledOnce() {
        assertThat(Template.of("{{a}}-{{b}}").fill(Map.of("a", "{{b}}{{#x}}", "b", "2")))
                .isEqualTo("{{b}}{{#x}}-2");
    }

    @Test
    void sectionsStandWhereTheValueIsNotEmptyAndTheirOppositesWhereItIs() {
        var template =
                Template.of("1\n{{#a}}\n[{{a}}]\n{{/a}}\n{{^a}}\nnone\n{{/a}}\n2 {{#a}}in{{/a}}{{^a}}out{{/a}} line\n");

        assertThat(template.fill(Map.of("a", "x"))).isEqualTo("1\n[x]\n2 in line\n");
        assertThat(template.fill(Map.of("a", ""))).isEqualTo("1\nnone\n2 out line\n");
    }

    @Test
    void aDefectInATemplateIsSeen() {
        for (String broken : new String[] {"{{a", "{{#a}} x", "{{missing}}", "{{>missing}}"}) {
            assertThatThrownBy(() -> Template.of(broken).fill(Map.of("a", "x")))
                    .as(broken)
                    .isInstanceOf(IllegalStateException.class);
        }
    }
}
