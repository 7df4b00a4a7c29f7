package dev.pawl.sandbox.fault;

import dev.pawl.sandbox.http.Answer;
import dev.pawl.sandbox.http.Bytes;
import dev.pawl.sandbox.http.Reply;
import dev.pawl.sandbox.http.Reply.Ending;

/** How a body can be other than it should be. */
public enum Mangling {
    /** There is none. */
    EMPTY,
    /** A page for people. */
    HTML,
    /** The beginning of JSON, and no end. */
    INVALID_JSON,
    /** Said to be packed, and isn't. */
    BROKEN_GZIP,
    /** Half of it comes, and the connection is closed. */
    TRUNCATED,
    /** Half of it comes, and then nothing more. */
    STALLED;

    private static final String PAGE =
            "<!DOCTYPE html>\n<html><title>Unicorn!</title><p>GitHub is having trouble.</p></html>\n";

    /** The answer, mangled: it says 200 or 201 as before. */
    Reply mangle(Answer answer) {
        Answer told = answer.status() == 204 ? new Answer(200, answer.headers(), Bytes.of("{}")) : answer;
        int half = Math.max(1, told.body().length() / 2);
        return switch (this) {
            case EMPTY -> whole(told, "");
            case HTML -> whole(told.with("Content-Type", "text/html; charset=utf-8"), PAGE);
            case INVALID_JSON -> whole(told, "{\"id\": 17, \"body\": ");
            case BROKEN_GZIP -> whole(told.with("Content-Encoding", "gzip"), "\u001f\u008b not packed at all");
            case TRUNCATED -> Reply.part(told, half, Ending.CLOSED);
            case STALLED -> Reply.part(told, half, Ending.SILENT);
        };
    }

    private static Reply whole(Answer answer, String body) {
        return Reply.whole(new Answer(answer.status(), answer.headers(), Bytes.of(body)));
    }
}
