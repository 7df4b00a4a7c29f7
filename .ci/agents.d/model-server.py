#!/usr/bin/env python3
"""A scripted model, loopback only, for the agents' tests. It speaks, as JSON and as events,
  Anthropic Messages, OpenAI Responses and Chat Completions, and Gemini's generateContent,
and solves the test story's bug: it knows a stage by its prompt's heading, changes a file in the stage that may, and hands over
the stage's result: through the tool for it, as JSON where a schema is asked for, or else to the file that the prompt names.

  python3 model-server.py [PORT]     prints the port on its first line, and ends with its standard input

Control:  POST /__mode  story [FILE] (the plan first tries what a stage that reads doesn't allow, a command that makes FILE, and
                        then gives an invalid result) | mute (nonsense, never a result) | loop (one tool for ever) |
                        stall (one tool, and never an answer) | 401 | 403 | 429 | 500 | 529
          GET  /__log   the requests since the last /__mode, keys blanked
"""
import json
import re
import sys
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PORT = int(sys.argv[1]) if len(sys.argv) > 1 else 0
STATE = {"mode": "story"}
LOG = []
LOCK = threading.Lock()
SECRET = {"authorization", "x-api-key", "x-goog-api-key", "api-key", "cookie"}

HEADINGS = [("triage", "# Triage of issue"), ("clarify", "# Questions on issue"), ("plan", "# Plan for issue"),
            ("implement", "# Work on issue"), ("review", "# Review of the work on issue"),
            ("open_pr", "# Pull request for issue"), ("research", "# Research on issue"), ("summarize", "# Report on issue"),
            ("trial", "# A test of the connection")]
AGAIN = "Your result wasn't accepted"
REFUSED = "A tool that you called was refused"
FIELDS = {
    "triage": {"verdict": {"readiness": "ready", "type": "bug", "reason": "It is plain what is wrong."}},
    "clarify": {},
    "plan": {"plan": {"approach": "Correct the sum.", "tasks": [{"id": "T1", "title": "Correct sum.txt", "kind": "implement"}],
                      "criteria": ["The test passes."]}},
    "implement": {"commit": {"type": "fix", "subject": "correct the sum"}},
    "review": {"findings": []},
    "open_pr": {"pull_request": {"title": "Correct the sum", "body": "It was off by one.", "risk": "low"}},
    "research": {"report": "Both are fine."},
    "summarize": {"report": "Take the first one."},
    "trial": {},
}
EDIT = "echo '2 + 2 = 4' > sum.txt"
SHELLS = ["Bash", "bash", "run_shell_command", "exec_command", "shell_command", "shell"]
WRITERS = {"Write": ("file_path", "content"), "write_file": ("file_path", "content"), "write": ("filePath", "content"),
           "create": ("path", "file_text")}
ANSWERS = ["StructuredOutput", "structured_output", "submit_result"]


def is_ask(text):
    return AGAIN in text or REFUSED in text or any(heading in text for _, heading in HEADINGS)


def default(schema):
    kind = schema.get("type")
    kind = kind[0] if isinstance(kind, list) else kind
    if "enum" in schema:
        return schema["enum"][0]
    return {"number": 1, "integer": 1, "boolean": True, "array": [], "object": {}}.get((kind or "string").lower(), "x")


def complete(args, schema):
    """What else the tool insists on."""
    for name in schema.get("required") or []:
        args.setdefault(name, default((schema.get("properties") or {}).get(name) or {}))
    return args


def shell(command, tools):
    for name in SHELLS:
        if name in tools:
            props = tools[name].get("properties") or {}
            key = "cmd" if "cmd" in props else "command"
            listed = (props.get(key) or {}).get("type") == "array"
            return "tool", name, complete({key: ["bash", "-lc", command] if listed else command}, tools[name])
    return None


def write(path, content, tools):
    for name, (where, what) in WRITERS.items():
        if name in tools:
            return "tool", name, complete({where: path, what: content}, tools[name])
    return shell("printf '%s' '" + content.replace("'", "'\\''") + "' > '" + path + "'", tools)


def strict(value, schema, root):
    """The value as strict mode has it: what is left out is null."""
    while "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rsplit("/", 1)[-1]]
    if "anyOf" in schema:
        return None if value is None else strict(value, schema["anyOf"][0], root)
    if isinstance(value, dict):
        return {k: strict(value.get(k), v, root) for k, v in (schema.get("properties") or {}).items()}
    if isinstance(value, list):
        return [strict(v, schema.get("items") or {}, root) for v in value]
    return value


def decide(seen, tools, tool_results, schema):
    """-> ("tool", name, args) | ("text", str, None)"""
    mode, _, forbidden = STATE["mode"].partition(" ")
    found = [(seen.rfind(heading), stage) for stage, heading in HEADINGS if heading in seen]
    if not found:
        return "text", "ok", None
    stage = max(found)[1]
    again = AGAIN in seen
    if mode == "mute":
        return "text", "Twas brillig, and the slithy toves did gyre and gimble in the wabe.", None
    if mode == "loop" or (mode == "stall" and tool_results == 0):
        return shell("true", tools) or ("text", "There is no shell.", None)
    if mode == "stall":
        time.sleep(600)
    step = tool_results
    result = {"version": 1, "status": "ok", "summary": "done", **FIELDS[stage]}
    if stage == "implement" and not again:
        if step == 0:
            wrong = mode == "wrong" and "wrong sum" not in seen
            return shell(EDIT.replace("= 4", "= 3") if wrong else EDIT, tools) or ("text", "There is no shell.", None)
        step -= 1
    if stage == "plan" and mode == "story" and not again:
        result = {"version": 1, "status": "fine", "summary": "done"}
        command = shell("echo oops > sum.txt; touch '" + forbidden + "'", tools)
        if command and forbidden and REFUSED not in seen:
            if step == 0:
                return command
            step -= 1
    for name in ANSWERS:
        if name in tools:
            return ("tool", name, result) if step <= 0 else ("text", "Done.", None)
    if schema:
        return "text", json.dumps(strict(result, schema, schema)), None
    file = re.findall(r"to the file `(/[^`]+)`", seen)
    if file and step <= 0:
        return write(file[-1], json.dumps(result), tools) or ("text", "There is nothing to write with.", None)
    return "text", "Done.", None


def flat(o):
    if isinstance(o, str):
        return o
    if isinstance(o, list):
        return "\n".join(flat(x) for x in o)
    if isinstance(o, dict):
        return "\n".join(flat(v) for v in o.values())
    return ""


class H(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *a):
        pass

    # -- plumbing
    def body(self):
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            b = b""
            while True:
                n = int(self.rfile.readline().split(b";")[0], 16)
                if n == 0:
                    self.rfile.readline()
                    break
                b += self.rfile.read(n)
                self.rfile.readline()
        else:
            b = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        enc = self.headers.get("Content-Encoding", "")
        if enc == "gzip":
            import gzip
            b = gzip.decompress(b)
        elif enc == "zstd":
            self.zstd = True
        return b

    def js(self, o, code=200, hdr=()):
        b = json.dumps(o).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        for k, v in hdr:
            self.send_header(k, v)
        self.send_header("Content-Length", str(len(b)))
        self.end_headers()
        self.wfile.write(b)

    def sse_open(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-cache")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True

    def ev(self, data, event=None):
        s = ("event: %s\n" % event if event else "") + "data: " + (data if isinstance(data, str) else json.dumps(data)) + "\n\n"
        self.wfile.write(s.encode())
        self.wfile.flush()

    def record(self, body):
        hd = {k: ("<%d chars>" % len(v) if k.lower() in SECRET else v) for k, v in self.headers.items()}
        with LOCK:
            LOG.append({"method": self.command, "path": self.path, "headers": hd, "body": body})

    def do_GET(self):
        if self.path == "/__log":
            return self.js(LOG)
        self.record(None)
        if self.path.split("?")[0].endswith("/models"):
            ids = ["scripted", "gpt-5", "claude-sonnet-4-5"]
            return self.js({"object": "list", "data": [{"id": i, "object": "model", "type": "model", "display_name": i,
                            "created": 1700000000, "created_at": "2026-01-01T00:00:00Z", "owned_by": "scripted"} for i in ids], "models": []})
        return self.js({"error": {"message": "not found", "type": "not_found_error"}}, 404)

    do_HEAD = do_GET

    def do_POST(self):
        raw = self.body()
        try:
            b = json.loads(raw or b"{}")
        except Exception:
            b = {"_raw": raw[:200].decode("latin1")}
        p = self.path.split("?")[0]
        if p == "/__mode":
            STATE["mode"] = raw.decode().strip()
            LOG.clear()
            return self.js({"mode": STATE["mode"]})
        self.record(b)
        m = STATE["mode"]
        if p.endswith("/count_tokens"):
            return self.js({"input_tokens": 42})
        if p.endswith(":countTokens"):
            return self.js({"totalTokens": 42})
        known = p.endswith(("/messages", "/responses", "/chat/completions")) or "enerateContent" in p
        if not known:
            return self.js({"error": {"message": "not found", "type": "not_found_error"}}, 404)
        if m.isdigit():
            return self.error(int(m), p)
        try:
            if p.endswith("/messages"):
                return self.anthropic(b)
            if p.endswith("/responses"):
                return self.oai_responses(b)
            if p.endswith("/chat/completions"):
                return self.chat(b)
            return self.gemini(b, p)
        except (BrokenPipeError, ConnectionResetError):
            pass

    def error(self, code, p):
        msg = {401: "invalid api key (scripted)", 403: "forbidden (scripted)", 429: "rate limited (scripted)", 500: "boom (scripted)",
               529: "Overloaded (scripted)"}.get(code, "scripted error")
        typ = {401: "authentication_error", 403: "permission_error", 404: "not_found_error", 429: "rate_limit_error",
               529: "overloaded_error", 400: "invalid_request_error"}.get(code, "api_error")
        hdr = [("retry-after", "1")] if code == 429 else []
        if "enerateContent" in p:
            st = {401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 429: "RESOURCE_EXHAUSTED", 404: "NOT_FOUND", 400: "INVALID_ARGUMENT"}.get(code, "INTERNAL")
            return self.js({"error": {"code": code, "message": msg, "status": st}}, code, hdr)
        if p.endswith("/messages"):
            return self.js({"type": "error", "error": {"type": typ, "message": msg}, "request_id": "req_scripted"}, code, hdr)
        return self.js({"error": {"message": msg, "type": typ, "code": {401: "invalid_api_key", 429: "rate_limit_exceeded"}.get(code, typ)}}, code, hdr)

    # -- Anthropic
    def anthropic(self, b):
        msgs = b.get("messages", [])
        tools = {t.get("name"): t.get("input_schema") or {} for t in b.get("tools", [])}
        last_marker = max([i for i, m in enumerate(msgs) if m["role"] == "user" and is_ask(flat(m.get("content")))] or [-1])
        res = sum(1 for m in msgs[last_marker + 1:] if isinstance(m.get("content"), list) for c in m["content"] if c.get("type") == "tool_result")
        schema = ((b.get("output_config") or {}).get("format") or b.get("output_format") or {}).get("schema")
        kind, x, args = decide(flat([m.get("content") for m in msgs if m["role"] == "user"]), tools, res, schema)
        mid = "msg_" + uuid.uuid4().hex[:20]
        usage = {"input_tokens": 1000, "cache_creation_input_tokens": 200, "cache_read_input_tokens": 300, "output_tokens": 50,
                 "service_tier": "standard"}
        if kind == "tool":
            blk = {"type": "tool_use", "id": "toolu_" + uuid.uuid4().hex[:20], "name": x, "input": args}
            stop = "tool_use"
        else:
            blk = {"type": "text", "text": x}
            stop = "end_turn"
        base = {"id": mid, "type": "message", "role": "assistant", "model": b.get("model"), "stop_sequence": None}
        if not b.get("stream"):
            return self.js({**base, "content": [blk], "stop_reason": stop, "usage": usage})
        self.sse_open()
        self.ev({"type": "message_start", "message": {**base, "content": [], "stop_reason": None, "usage": {**usage, "output_tokens": 1}}}, "message_start")
        start = {**blk, "input": {}} if kind == "tool" else {"type": "text", "text": ""}
        self.ev({"type": "content_block_start", "index": 0, "content_block": start}, "content_block_start")
        d = {"type": "input_json_delta", "partial_json": json.dumps(args)} if kind == "tool" else {"type": "text_delta", "text": x}
        self.ev({"type": "content_block_delta", "index": 0, "delta": d}, "content_block_delta")
        self.ev({"type": "content_block_stop", "index": 0}, "content_block_stop")
        self.ev({"type": "message_delta", "delta": {"stop_reason": stop, "stop_sequence": None}, "usage": {"output_tokens": 50}}, "message_delta")
        self.ev({"type": "message_stop"}, "message_stop")

    # -- OpenAI Responses
    def oai_responses(self, b):
        inp = b.get("input", [])
        if isinstance(inp, str):
            inp = [{"type": "message", "role": "user", "content": inp}]
        tl = []
        nsof = {}
        def add(ts, ns=""):
            for t in ts or []:
                if t.get("type") in ("function", "custom"):
                    tl.append((t.get("name"), t))
                elif t.get("type") == "namespace":
                    for u in t.get("tools") or []:
                        nsof.setdefault(u.get("name"), t.get("name"))
                    add(t.get("tools"))
                elif t.get("type") == "local_shell":
                    tl.append(("local_shell", t))
        add(b.get("tools"))
        for i in inp:
            if i.get("type") == "additional_tools":
                add(i.get("tools"))
        tools = {n: (t.get("parameters") or {}) for n, t in tl}
        lm = max([i for i, m in enumerate(inp) if m.get("role") == "user" and is_ask(flat(m.get("content")))] or [-1])
        res = sum(1 for m in inp[lm + 1:] if m.get("type") in ("function_call_output", "custom_tool_call_output", "local_shell_call_output"))
        fmt = (b.get("text") or {}).get("format") or {}
        schema = fmt.get("schema") if fmt.get("type") == "json_schema" else None
        kind, x, args = decide(flat([m.get("content") for m in inp if m.get("role") == "user"]), tools, res, schema)
        rid = "resp_" + uuid.uuid4().hex[:20]
        usage = {"input_tokens": 1000, "input_tokens_details": {"cached_tokens": 300}, "output_tokens": 50,
                 "output_tokens_details": {"reasoning_tokens": 10}, "total_tokens": 1050}
        if kind == "tool":
            item = {"type": "function_call", "id": "fc_" + uuid.uuid4().hex[:12], "call_id": "call_" + uuid.uuid4().hex[:12], "name": x,
                    "arguments": json.dumps(args), "status": "completed"}
            if nsof.get(x) and nsof[x] != "functions":
                item["namespace"] = nsof[x]
        else:
            item = {"type": "message", "id": "msg_" + uuid.uuid4().hex[:12], "role": "assistant", "status": "completed",
                    "content": [{"type": "output_text", "text": x, "annotations": []}]}
        base = {"id": rid, "object": "response", "created_at": int(time.time()), "model": b.get("model"), "status": "completed",
                "error": None, "incomplete_details": None, "instructions": None, "metadata": {}, "parallel_tool_calls": False,
                "temperature": 1.0, "tool_choice": "auto", "tools": [], "top_p": 1.0}
        if not b.get("stream"):
            return self.js({**base, "output": [item], "usage": usage})
        self.sse_open()
        n = [0]
        def e(t, o):
            o = {"type": t, "sequence_number": n[0], **o}
            n[0] += 1
            self.ev(o, t)
        e("response.created", {"response": {**base, "status": "in_progress", "output": [], "usage": None}})
        e("response.in_progress", {"response": {**base, "status": "in_progress", "output": [], "usage": None}})
        if kind == "tool":
            e("response.output_item.added", {"output_index": 0, "item": {**item, "arguments": "", "status": "in_progress"}})
            e("response.function_call_arguments.delta", {"output_index": 0, "item_id": item["id"], "delta": item["arguments"]})
            e("response.function_call_arguments.done", {"output_index": 0, "item_id": item["id"], "arguments": item["arguments"]})
        else:
            e("response.output_item.added", {"output_index": 0, "item": {**item, "content": [], "status": "in_progress"}})
            e("response.content_part.added", {"output_index": 0, "content_index": 0, "item_id": item["id"], "part": {"type": "output_text", "text": "", "annotations": []}})
            e("response.output_text.delta", {"output_index": 0, "content_index": 0, "item_id": item["id"], "delta": x, "logprobs": []})
            e("response.output_text.done", {"output_index": 0, "content_index": 0, "item_id": item["id"], "text": x, "logprobs": []})
            e("response.content_part.done", {"output_index": 0, "content_index": 0, "item_id": item["id"], "part": item["content"][0]})
        e("response.output_item.done", {"output_index": 0, "item": item})
        e("response.completed", {"response": {**base, "output": [item], "usage": usage}})

    # -- OpenAI chat completions
    def chat(self, b):
        msgs = b.get("messages", [])
        tools = {t["function"]["name"]: t["function"].get("parameters") or {} for t in b.get("tools") or [] if t.get("type") == "function"}
        lm = max([i for i, m in enumerate(msgs) if m["role"] == "user" and is_ask(flat(m.get("content")))] or [-1])
        res = sum(1 for m in msgs[lm + 1:] if m["role"] == "tool")
        rf = b.get("response_format") or {}
        schema = (rf.get("json_schema") or {}).get("schema") if rf.get("type") == "json_schema" else None
        kind, x, args = decide(flat([m.get("content") for m in msgs if m["role"] == "user"]), tools, res, schema)
        base = {"id": "chatcmpl-" + uuid.uuid4().hex[:12], "created": int(time.time()), "model": b.get("model")}
        usage = {"prompt_tokens": 1000, "completion_tokens": 50, "total_tokens": 1050, "prompt_tokens_details": {"cached_tokens": 300}}
        tc = [{"id": "call_" + uuid.uuid4().hex[:12], "type": "function", "function": {"name": x, "arguments": json.dumps(args)}}] if kind == "tool" else None
        fin = "tool_calls" if tc else "stop"
        if not b.get("stream"):
            msg = {"role": "assistant", "content": None if tc else x}
            if tc:
                msg["tool_calls"] = tc
            return self.js({**base, "object": "chat.completion", "choices": [{"index": 0, "message": msg, "finish_reason": fin}], "usage": usage})
        self.sse_open()
        def c(delta, f=None, u=None):
            self.ev({**base, "object": "chat.completion.chunk", "choices": [{"index": 0, "delta": delta, "finish_reason": f}] if delta is not None else [], **({"usage": u} if u else {})})
        c({"role": "assistant", "content": "" if not tc else None})
        c({"tool_calls": [{**tc[0], "index": 0}]} if tc else {"content": x})
        c({}, fin)
        c(None, None, usage)
        self.ev("[DONE]")

    # -- Gemini
    def gemini(self, b, p):
        cs = b.get("contents", [])
        fds = [f for t in b.get("tools") or [] for f in t.get("functionDeclarations") or []]
        tools = {f["name"]: f.get("parametersJsonSchema") or f.get("parameters") or {} for f in fds}
        lm = max([i for i, m in enumerate(cs) if m.get("role") == "user" and is_ask(flat(m.get("parts")))] or [-1])
        res = sum(1 for m in cs[lm + 1:] for q in m.get("parts", []) if "functionResponse" in q)
        gc = b.get("generationConfig") or {}
        schema = gc.get("responseJsonSchema") or gc.get("responseSchema")
        kind, x, args = decide(flat([m.get("parts") for m in cs if m.get("role") == "user"]), tools, res, schema)
        part = {"functionCall": {"name": x, "args": args}} if kind == "tool" else {"text": x}
        o = {"candidates": [{"content": {"role": "model", "parts": [part]}, "finishReason": "STOP", "index": 0}],
             "usageMetadata": {"promptTokenCount": 1000, "candidatesTokenCount": 50, "totalTokenCount": 1050, "cachedContentTokenCount": 300},
             "modelVersion": p.split("/models/")[-1].split(":")[0], "responseId": uuid.uuid4().hex[:12]}
        if "stream" not in p:
            return self.js(o)
        self.sse_open()
        self.ev(o)


if __name__ == "__main__":
    ThreadingHTTPServer.daemon_threads = True
    srv = ThreadingHTTPServer(("127.0.0.1", PORT), H)
    print(srv.server_port, flush=True)
    threading.Thread(target=srv.serve_forever, daemon=True).start()
    sys.stdin.read()
