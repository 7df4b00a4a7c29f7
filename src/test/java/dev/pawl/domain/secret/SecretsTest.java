package dev.pawl.domain.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static final String VALUE = "c4nary/Value+with=\"quotes\"&more";
    private static final Secrets OURS = Secrets.of(Map.of("MODEL_API_KEY", VALUE));

    static Stream<String> forms() {
        byte[] bytes = VALUE.getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                VALUE,
                VALUE.replace("\"", "\\\""),
                new StringBuilder(VALUE).reverse().toString(),
                "c4nary%2FValue%2Bwith%3D%22quotes%22%26more",
                HexFormat.of().formatHex(bytes),
                HexFormat.of().withUpperCase().formatHex(bytes),
                Base64.getEncoder().encodeToString(bytes),
                Base64.getEncoder().encodeToString(("x" + VALUE + "yz").getBytes(StandardCharsets.UTF_8)),
                Base64.getUrlEncoder().encodeToString(("xy" + VALUE + "z").getBytes(StandardCharsets.UTF_8)),
                Base64.getMimeEncoder(20, new byte[] {'\n'}).encodeToString(bytes),
                String.join("-", VALUE.split("")),
                "." + String.join(" ", VALUE.split("")));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void ourOwnAreFoundInEachForm(String form) {
        assertThat(OURS.in("before " + form + " after"))
                .hasValueSatisfying(what -> assertThat(what).startsWith("the value of MODEL_API_KEY"));
    }

    @Test
    void alsoInWideCharactersAndBetweenOtherBytes() {
        assertThat(OURS.in(("\u0000\u00ff" + VALUE).getBytes(StandardCharsets.UTF_16LE), new byte[0]))
                .isPresent();
        assertThat(OURS.in(("\u0089PNG\r\n\u001a\ntEXt" + VALUE).getBytes(StandardCharsets.ISO_8859_1), new byte[0]))
                .isPresent();
    }

    @Test
    void ourOwnAreFoundAlsoWhereTheyWereBefore() {
        byte[] file = VALUE.getBytes(StandardCharsets.UTF_8);

        assertThat(OURS.in(file, file)).isPresent();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        a GitHub token        | ghs_abcdefghijABCDEFGHIJ0123456789abcdef
        a GitHub token        | github_pat_11ABCDEFG0abcdefghijkl_abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOP
        an Anthropic key      | sk-ant-api03-abcdefghijabcdefghijabcdefghijabcdefghijabcdefghij
        an OpenAI key         | sk-proj-abcdefghijabcdefghijabcdefghijabcdefghijabcdefghij
        an AWS key            | AKIAQWERTYUIOPASDFGH
        a Google key          | AIzaSyAabcdefghijklmnopqrstuvwxyz012345
        a private key         | -----BEGIN OPENSSH PRIVATE KEY-----
        a private key         | -----BEGIN PRIVATE KEY-----
        a GitLab token        | glpat-abcdefghijABCDEFGHIJ
        a Hugging Face token  | hf_abcdefghijABCDEFGHIJ0123456789abcd
        """, delimiter = '|')
    void whatLooksLikeATokenIsFoundUnlessItWasThere(String what, String token) {
        byte[] file = ("key = " + token + "\n").getBytes(StandardCharsets.UTF_8);

        assertThat(Secrets.NONE.in(file, new byte[0])).hasValue(what);
        assertThat(Secrets.NONE.in(file, file)).isEmpty();
        assertThat(Secrets.NONE.removedFrom("key = " + token + "\n"))
                .doesNotContain(token)
                .startsWith("key = " + Secrets.REMOVED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ghs_short",
                "AKIAIOSFODNN7EXAMPLE",
                "-----BEGIN PUBLIC KEY-----",
                "the variable MODEL_API_KEY holds the key",
                "risk-management-and-other-long-words-with-dashes-in-between-them",
                "0123456789abcdef0123456789abcdef01234567"
            })
    void honestTextIsNone(String text) {
        assertThat(OURS.in(text)).isEmpty();
        assertThat(OURS.removedFrom(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "DB_PASSWORD,password",
        "DB_PASSWORD,secret1",
        "PIN_TOKEN,12345678",
        "ACTIONS_ID_TOKEN_REQUEST_URL,https://example.org/token",
        "SSH_KEY_PATH,/home/me/.ssh/id_rsa",
        "CI,true-and-long-enough"
    })
    void whatCannotBeToldFromOtherTextIsNotLookedFor(String name, String value) {
        assertThat(Secrets.of(Map.of(name, value)).in("x " + value + " y")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INPUT_GITHUB-TOKEN",
                "INPUT_STATE-KEY",
                "GH_TOKEN",
                "npm_config_authtoken",
                "AWS_SECRET_ACCESS_KEY"
            })
    void namesTell(String name) {
        assertThat(Secrets.of(Map.of(name, "abcd1234efgh")).in("x abcd1234efgh y"))
                .hasValue("the value of " + name);
    }

    @Test
    void takenOutInEachFormThatStandsInOnePiece() {
        String hex = HexFormat.of().formatHex(VALUE.getBytes(StandardCharsets.UTF_8));

        assertThat(OURS.removedFrom("a " + VALUE + " b " + hex + " c"))
                .isEqualTo("a " + Secrets.REMOVED + " b " + Secrets.REMOVED + " c");
    }

    @Test
    void neverSaysTheValue() {
        assertThat(OURS).asString().doesNotContain("c4nary");
    }
}
