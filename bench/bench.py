"""Starts Pawl and its rivals one after another in worlds that are put back before each run, and prints medians."""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HOME = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HOME)
TARGET = os.path.join(ROOT, "target")
LONGEST_SECONDS = 60
MB = 1_000_000
JVM_FLAGS = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"]
ARCHIVE_FLAGS = ["-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=target/bench/pawl.jsa", "-Xshare:auto"]
SCENARIOS = {
    "not-ours": "(a) an event that isn't ours",
    "triage-0": "(b) triage by rules, no comments",
    "triage-10": "(b) with 10 comments",
    "triage-100": "(b) with 100 comments",
    "triage-1000": "(b) with 1,000 comments",
    "open_pr": "(c) open_pr",
}
GROWTH = ["triage-0", "triage-10", "triage-100", "triage-1000"]


class Failed(Exception):
    """A run that can't be counted."""


def say(text):
    print("bench: " + text, file=sys.stderr)


def told(*words):
    """What a program prints in its first line; empty where it can't be asked."""
    try:
        done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=20)
        return done.stdout.strip().splitlines()[0] if done.returncode == 0 and done.stdout.strip() else ""
    except (OSError, subprocess.TimeoutExpired):
        return ""


def text_of(path):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError:
        return ""


def median(values):
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


# ---- The GitHub on loopback -------------------------------------------------------------------------------------------------------


class Server:
    def __init__(self, java, folder):
        self.log = open(os.path.join(folder, "server.log"), "w", encoding="utf-8")
        classes = os.path.join(TARGET, "classes") + ":" + os.path.join(TARGET, "lib", "*")
        self.process = subprocess.Popen(
            [java, "-Xms256m", "--enable-native-access=ALL-UNNAMED", "-cp", classes, os.path.join(HOME, "BenchServer.java"),
             os.path.join(folder, "worlds")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, text=True)

    def ask(self, *words):
        self.process.stdin.write(" ".join(words) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise Failed("the GitHub on loopback ended:\n" + "".join(text_of(self.log.name).splitlines(True)[-20:]))
        return json.loads(line)

    def close(self):
        self.process.stdin.close()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.log.close()


# ---- Worlds and runs --------------------------------------------------------------------------------------------------------------


class World:
    """One scenario: its variables and event, and how a run of it must end."""

    def __init__(self, name, server, places):
        self.name = name
        self.server = server
        self.source = "triage-0" if name == "not-ours" else name
        if self.source not in places:
            places[self.source] = server.ask("world", self.source)
        world = places[self.source]
        self.variables = dict(world["variables"])
        self.checkout = world["checkout"]
        self.payload = world["payload"]
        self.outcome = "advanced"
        self.calls = None
        self.git = None
        if name == "not-ours":
            event = json.loads(world["payload"])
            event["action"] = "pinned"
            event.pop("label", None)
            self.payload = json.dumps(event)
            self.outcome = "nothing"
            self.calls = []
            self.git = 0

    def check(self, contender, report, outputs):
        """Whether the run did what it was to do; else its figures mean nothing."""
        if "outcome=" + self.outcome not in outputs.splitlines():
            raise Failed("the outcome isn't %s: %s" % (self.outcome, outputs.strip() or "no outputs"))
        if self.calls is None:
            self.calls = report["calls"]
            self.git = report["git"]
        if report["calls"] != self.calls:
            raise Failed("it made other requests than the first run:\n" + "\n".join(different(self.calls, report["calls"])))
        if contender.git and report["git"] != self.git:
            raise Failed("it made %d requests of git, and the first run %d" % (report["git"], self.git))
        if self.name == "open_pr" and report["pulls"] != 1:
            raise Failed("there is no pull request")
        if self.name.startswith("triage") and "pawl:ready" not in report["labels"]:
            raise Failed("the labels are " + ", ".join(report["labels"]))


def different(expected, found):
    lines = ["- " + call for call in expected if call not in found] + ["+ " + call for call in found if call not in expected]
    return lines or ["the same in another order or number: %d, %d" % (len(expected), len(found))]


class Contender:
    def __init__(self, name, title, command, scenarios, git=True, checked=True):
        self.name = name
        self.title = title
        self.command = command
        self.scenarios = scenarios
        self.git = git
        self.checked = checked


def place_for(world, folder):
    """The files of one run as a runner lays them out, and the variables."""
    os.makedirs(os.path.join(folder, "temp"))
    os.makedirs(os.path.join(folder, "home"))
    shutil.copytree(world.checkout, os.path.join(folder, "workspace"), symlinks=True)
    with open(os.path.join(folder, "event.json"), "w", encoding="utf-8") as file:
        file.write(world.payload)
    for name in ("output", "summary"):
        open(os.path.join(folder, name), "w", encoding="utf-8").close()
    variables = dict(world.variables)
    variables.update(
        PATH="/usr/local/bin:/usr/bin:/bin", LANG="C.UTF-8", HOME=os.path.join(folder, "home"),
        GITHUB_EVENT_PATH=os.path.join(folder, "event.json"), GITHUB_WORKSPACE=os.path.join(folder, "workspace"),
        GITHUB_OUTPUT=os.path.join(folder, "output"), GITHUB_STEP_SUMMARY=os.path.join(folder, "summary"),
        RUNNER_TEMP=os.path.join(folder, "temp"))
    if world.name == "not-ours":
        variables["GITHUB_EVENT_NAME"] = "issues"
    return variables


def spawn(command, variables, folder):
    """Runs a program from its start to its end: exit code, and what it and the children it waited for used."""
    log = os.path.join(folder, "log")
    write = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    streams = [(os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0), (os.POSIX_SPAWN_OPEN, 1, log, write, 0o600),
               (os.POSIX_SPAWN_DUP2, 1, 2)]
    os.chdir(os.path.join(folder, "workspace"))
    began = time.monotonic_ns()
    pid = os.posix_spawn(command[0], command, variables, file_actions=streams)
    signal.signal(signal.SIGALRM, lambda *_: os.kill(pid, signal.SIGKILL))
    signal.alarm(LONGEST_SECONDS)
    _, status, used = os.wait4(pid, 0)
    wall = time.monotonic_ns() - began
    signal.alarm(0)
    os.chdir(ROOT)
    return os.waitstatus_to_exitcode(status), {
        "began": began, "wall": wall / 1e6, "cpu": (used.ru_utime + used.ru_stime) * 1e3, "rss": used.ru_maxrss * 1024 / MB}


def run_once(contender, world, folder, requests):
    world.server.ask("reset", world.source)
    variables = place_for(world, folder)
    variables["PAWL_BENCH_REQUESTS"] = requests
    exit_code, figures = spawn(contender.command, variables, folder)
    try:
        if exit_code != 0:
            raise Failed("exit code %d" % exit_code)
        if contender.checked:
            report = world.server.ask("report", world.source)
            world.check(contender, report, text_of(os.path.join(folder, "output")))
            times = [[(at - figures["began"]) / 1e6 for at in pair] for pair in report["times"]]
            figures.update(api=len(report["calls"]), git=report["git"], server=sum(end - start for start, end in times),
                           lines=report["lines"], times=times)
    except Failed as failure:
        raise Failed("%s, %s: %s\n%s" % (contender.title, SCENARIOS[world.name], failure, text_of(os.path.join(folder, "log"))[-3000:]))
    finally:
        shutil.rmtree(folder)
    return figures


# ---- What is compared -------------------------------------------------------------------------------------------------------------


def find_java():
    places = [os.environ.get(name, "") for name in ("JAVA_HOME", "JAVA_HOME_25_X64", "JAVA_HOME_25_ARM64", "JDK25")]
    places.append(os.path.dirname(os.path.dirname(os.path.realpath(shutil.which("java") or "/nowhere/bin/java"))))
    for parent in ("/usr/lib/jvm", "/opt/java", os.path.expanduser("~/.sdkman/candidates/java"), os.path.expanduser("~/.jdks")):
        places += [os.path.join(parent, name) for name in sorted(os.listdir(parent))] if os.path.isdir(parent) else []
    for place in places:
        if place and 'JAVA_VERSION="25' in text_of(os.path.join(place, "release")):
            java = os.path.join(place, "bin", "java")
            if os.access(java, os.X_OK):
                return java
    raise Failed("a JDK 25 is needed; set JAVA_HOME to one.")


def find_node():
    """Node with the rival's packages, or nothing and why."""
    node = shutil.which("node")
    if not node:
        return None, "the Node rows are left out: there is no node on the PATH."
    folder = os.path.join(HOME, "node")
    if not os.path.isdir(os.path.join(folder, "node_modules", "@octokit", "rest")):
        npm = shutil.which("npm")
        done = npm and subprocess.run(
            [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=folder, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL).returncode == 0
        if not done:
            return None, "the Node rows are left out: `npm ci` in bench/node didn't succeed."
    return os.path.realpath(node), ""


def contenders(java, archive):
    everywhere = list(SCENARIOS)
    jar = ["-jar", os.path.join(TARGET, "pawl.jar")]
    shared = [flag.replace("target/bench/pawl.jsa", archive) for flag in ARCHIVE_FLAGS] + ["-Xlog:cds=off", "-Xlog:cds+dynamic=off"]
    found = []
    native = os.path.join(TARGET, "pawl")
    if os.access(native, os.X_OK):
        found.append(Contender("native", "native", [native], everywhere))
    else:
        say("the native rows are left out: target/pawl isn't built.")
    found.append(Contender("jvm", "JVM, archive", [java, *JVM_FLAGS, *shared, *jar], everywhere))
    found.append(Contender("jvm-bare", "JVM, no archive", [java, *JVM_FLAGS, *jar], ["not-ours"]))
    node, missing = find_node()
    if missing:
        say(missing)
    else:
        script = os.path.join(HOME, "node", "rival.mjs")
        lazy = os.path.join(HOME, "node", "rival-lazy.mjs")
        found.append(Contender("node", "Node, octokit", [node, script], everywhere, git=False))
        found.append(Contender("node-lazy", "Node, octokit lazy", [node, lazy], ["not-ours"], git=False))
        found.append(Contender("node-floor", "node -e 0", [node, "-e", "0"], ["not-ours"], checked=False))
    found.append(Contender("floor", "true", [shutil.which("true") or "/bin/true"], ["not-ours"], checked=False))
    return found


def measure(entrants, worlds, options, folder, server):
    """All pairs once in each round, in an order drawn anew each time; the first round isn't counted."""
    requests = {name: os.path.join(folder, name + ".requests.json") for name in worlds}
    lead = next(c for c in entrants if c.name == "jvm")
    for world in sorted(worlds.values(), key=lambda w: w.name != "open_pr"):
        run_once(lead, world, os.path.join(folder, "run"), "")  # leaves the class archive and the list of requests
        server.ask("record", world.source, requests[world.name])
    pairs = [(c, worlds[name]) for c in entrants for name in c.scenarios if name in worlds]
    figures = {(c.name, w.name): [] for c, w in pairs}
    failed = []
    order = random.Random(options.seed)
    for turn in range(options.runs + 1):
        if sys.stderr.isatty():
            print("\rround %d of %d " % (turn, options.runs), end="", file=sys.stderr, flush=True)
        order.shuffle(pairs)
        for contender, world in list(pairs):
            try:
                got = run_once(contender, world, os.path.join(folder, "run"), requests[world.name])
            except Failed as failure:
                say(str(failure))
                failed.append((contender, world))
                pairs.remove((contender, world))
                del figures[contender.name, world.name]
                continue
            if turn > 0:
                figures[contender.name, world.name].append(got)
    if sys.stderr.isatty():
        print("\r" + " " * 20 + "\r", end="", file=sys.stderr, flush=True)
    return figures, failed


# ---- What is told -----------------------------------------------------------------------------------------------------------------


def summary(runs):
    result = {}
    for key in ("wall", "cpu", "rss", "server"):
        values = [run[key] for run in runs if key in run]
        if values:
            result[key] = {"median": median(values), "min": min(values), "max": max(values)}
    for key in ("api", "git"):
        if key in runs[0]:
            result[key] = runs[0][key]
    return result


def about(java, entrants):
    node = next((c.command[0] for c in entrants if c.name == "node"), None)
    commit = told("git", "-C", ROOT, "rev-parse", "--short", "HEAD")
    dirty = told("git", "-C", ROOT, "status", "--porcelain", "--untracked-files=no")
    governor = text_of("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor").strip()
    memory = [line for line in text_of("/proc/meminfo").splitlines() if line.startswith("MemTotal")]
    model = [line for line in text_of("/proc/cpuinfo").splitlines() if line.startswith("model name")]
    return {
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
        "cores": len(os.sched_getaffinity(0)),
        "processor": model[0].split(":", 1)[1].strip() if model else "",
        "memory_gb": round(int(memory[0].split()[1]) * 1024 / 1e9) if memory else None,
        "governor": governor or "not told",
        "kernel": os.uname().sysname + " " + ".".join(os.uname().release.split(".")[:2]),
        "load": os.getloadavg()[0],
        "folder": tempfile.gettempdir(),
        "files": file_system(tempfile.gettempdir()),
        "java": told(java, "--version"),
        "node": told(node, "--version") if node else "",
        "octokit": json.loads(text_of(os.path.join(HOME, "node", "package.json")))["dependencies"]["@octokit/rest"] if node else "",
        "pawl": told(java, "-jar", os.path.join(TARGET, "pawl.jar"), "--version"),
        "commit": (commit or "unknown") + (" with changes" if dirty else ""),
    }


def file_system(folder):
    """Its kind: a program that flushes files to a disk waits for that disk."""
    mounts = [line.split()[1:3] for line in text_of("/proc/mounts").splitlines()]
    under = [(point, kind) for point, kind in mounts if os.path.commonpath([point, os.path.realpath(folder)]) == point]
    return max(under, key=lambda mount: len(mount[0]))[1] if under else "a file system not told"


def sizes(archive):
    jars = os.path.join(TARGET, "lib")
    packages = os.path.join(HOME, "node", "node_modules")
    native = os.path.join(TARGET, "pawl")
    return {
        "native": os.path.getsize(native) if os.access(native, os.X_OK) else None,
        "jars": os.path.getsize(os.path.join(TARGET, "pawl.jar")) + sum(e.stat().st_size for e in os.scandir(jars)),
        "archive": os.path.getsize(archive) if os.path.exists(archive) else None,
        "node_modules": sum(os.path.getsize(os.path.join(d, f)) for d, _, names in os.walk(packages) for f in names) or None,
    }


def table(head, rows):
    """Columns as wide as they must be, figures to the right."""
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    lines = ["  ".join(cell.ljust(w) if i == 0 else cell.rjust(w) for i, (cell, w) in enumerate(zip(row, widths))).rstrip()
             for row in [head, *rows]]
    return [lines[0], "-" * len(lines[0]), *lines[1:]]


def figure(value):
    return "%.1f" % value if value < 100 else "%.0f" % value


def spread(values):
    return figure(values["median"]) + " (" + figure(values["min"]) + "–" + figure(values["max"]) + ")"


def tables(entrants, worlds, found):
    lines = []
    for name in [n for n in SCENARIOS if n in worlds]:
        rows = []
        for contender in entrants:
            got = found.get(contender.name, {}).get(name)
            if got:
                git = "-" if not contender.git or "git" not in got else str(got["git"])
                rows.append([contender.title, spread(got["wall"]), spread(got["cpu"]), figure(got["rss"]["median"]),
                             str(got.get("api", "-")), git, figure(got["server"]["median"]) if "server" in got else "-"])
        lines += ["", SCENARIOS[name], ""]
        lines += table(["", "wall ms", "user+sys ms", "peak RSS MB", "API requests", "git requests", "in the server ms"], rows)
    return lines


def timeline_lines(entrants, figures):
    """When each request came and how long the server had it: where a program thinks, and where it waits."""
    lines = []
    for contender in entrants:
        for name in ("triage-0", "open_pr"):
            runs = figures.get((contender.name, name))
            if not runs:
                continue
            rows, before = [], 0.0
            for i, line in enumerate(runs[0]["lines"]):
                came, answered = (median([run["times"][i][k] for run in runs]) for k in (0, 1))
                rows.append([line, figure(came), figure(came - before), figure(answered - came)])
                before = answered
            end = median([run["wall"] for run in runs])
            rows.append(["its end", figure(end), figure(end - before), ""])
            lines += ["", contender.title + ", " + SCENARIOS[name], ""]
            lines += table(["", "came at ms", "after a pause of", "answered in"], rows)
    return lines


def ratio_lines(found):
    rows = []
    for name in ("not-ours", "triage-0", "open_pr"):
        native = found.get("native", {}).get(name)
        if native:
            others = [found.get(other, {}).get(name) for other in ("jvm", "jvm-bare", "node", "node-lazy")]
            rows.append([SCENARIOS[name]] + ["%.2f" % (o["wall"]["median"] / native["wall"]["median"]) if o else "-" for o in others])
    if not rows:
        return []
    return ["", "How many times as fast native is, by wall time", "",
            *table(["", "JVM, archive", "JVM, no archive", "Node, octokit", "Node, octokit lazy"], rows)]


def growth_lines(entrants, found):
    rows = []
    for contender in entrants:
        got = found.get(contender.name, {})
        if all(name in got for name in GROWTH):
            rows.append([contender.title] + [figure(got[n]["wall"]["median"]) for n in GROWTH])
            rows.append(["  requests"] + [str(got[n]["api"]) for n in GROWTH])
    if not rows:
        return []
    return ["", "How (b) grows with the issue's comments: wall ms", "", *table(["", "0", "10", "100", "1,000"], rows)]


def targets(found, size):
    """Each target with what was seen: met, missed, or not measured."""

    def wall(contender, scenario):
        return found.get(contender, {}).get(scenario, {}).get("wall", {}).get("median")

    def over(contender, scenario):
        one, other = wall("native", scenario), wall(contender, scenario)
        return other / one if one and other else None

    rss = found.get("native", {}).get("not-ours", {}).get("rss", {}).get("median")
    rows = [
        ("(a) native, wall", "at most 30 ms", wall("native", "not-ours"), lambda v: v <= 30, "%.1f ms"),
        ("(a) native, peak RSS", "at most 60 MB", rss, lambda v: v <= 60, "%.1f MB"),
        ("(c) native, wall", "at most 200 ms", wall("native", "open_pr"), lambda v: v <= 200, "%.0f ms"),
        ("(a) native against the JVM with its archive", "10 times faster", over("jvm", "not-ours"), lambda v: v >= 10, "%.1f times"),
        ("(a) native against the JVM without", "10 times faster", over("jvm-bare", "not-ours"), lambda v: v >= 10, "%.1f times"),
        ("(a) native against Node, octokit", "2 times faster", over("node", "not-ours"), lambda v: v >= 2, "%.1f times"),
        ("(a) native against Node, octokit lazy", "(no target)", over("node-lazy", "not-ours"), None, "%.1f times"),
        ("(b) native against Node, octokit", "not slower", over("node", "triage-0"), lambda v: v >= 1, "%.2f times as fast"),
        ("binary (%.1f MiB)" % ((size["native"] or 0) / 2**20), "at most 75 MB", size["native"] and size["native"] / MB,
         lambda v: v <= 75, "%.1f MB"),
    ]
    return [{"what": what, "target": target, "seen": form % value if value else "not measured",
             "met": test(value) if value and test else None} for what, target, value, test, form in rows]


def tell(result, entrants, worlds):
    machine, size = result["about"], result["sizes"]
    lines = [
        "Pawl's benchmark, %s: %s, one warm-up round not counted" % (
            machine["date"], "%d runs each" % result["runs"] if result["runs"] > 1 else "one run each"),
        "",
        "machine   %d cores, %s GB, %s" % (machine["cores"], machine["memory_gb"], machine["processor"] or "processor not told"),
        "system    %s; governor %s; load at the start %.2f" % (machine["kernel"], machine["governor"], machine["load"]),
        "programs  %s, commit %s; %s; Node %s, @octokit/rest %s" % (
            machine["pawl"], machine["commit"], machine["java"], machine["node"] or "none", machine["octokit"] or "none"),
        "files     in %s, on %s" % (machine["folder"], machine["files"]),
        "JVM       " + " ".join(JVM_FLAGS) + ", as ./pawl",
        "  archive " + " ".join(ARCHIVE_FLAGS) + ", made by the first run",
        "sizes     binary %s; jars %.1f MB and class archive %s; node_modules %s" % (
            megabytes(size["native"]), size["jars"] / MB, megabytes(size["archive"]), megabytes(size["node_modules"])),
    ]
    if result["runs"] < 11:
        lines += ["", "Fewer than 11 runs: this shows that all of it works, and nothing about speed."]
    lines += tables(entrants, worlds, result["figures"])
    lines += ["", "Medians, in brackets the smallest and the largest. Each is a whole process, from its start to its end. user+sys and RSS",
              "include children; a peak RSS below the driver's own %.1f MB can't be told. MB is 1,000,000 bytes." % result["driver_rss"]]
    if "open_pr" in worlds:
        lines += ["(c) starts one agent, a shell that prints its answer, and fetches the branch by git; Node does neither."]
    lines += growth_lines(entrants, result["figures"])
    lines += ratio_lines(result["figures"])
    words = {True: "met", False: "missed", None: "-"}
    rows = [[t["what"], t["target"], t["seen"], words[t["met"]]] for t in result["targets"]]
    lines += ["", "Targets", "", *table(["", "target", "seen", ""], rows)]
    return lines


def megabytes(size):
    return "%.1f MB" % (size / MB) if size else "none"


def peak_rss():
    """Ours: a child begins as a copy of us, and its peak counts from there."""
    line = next((l for l in text_of("/proc/self/status").splitlines() if l.startswith("VmHWM")), "VmHWM: 0 kB")
    return int(line.split()[1]) * 1024 / MB


def arguments():
    parser = argparse.ArgumentParser(prog="bench/run", description="Measures Pawl as a native binary and on a JVM beside a Node script.")
    parser.add_argument("--runs", type=int, default=21, metavar="N", help="how often each is measured (21; at least 11 to mean anything)")
    parser.add_argument("--only", default=",".join(SCENARIOS), metavar="NAMES", help="some scenarios of: " + ", ".join(SCENARIOS))
    parser.add_argument("--json", metavar="FILE", help="write every single figure there, too")
    parser.add_argument("--save", action="store_true", help="write what is printed to bench/results.md")
    parser.add_argument("--timeline", action="store_true", help="also print when each request of (b) and (c) came")
    parser.add_argument("--seed", type=int, default=25, help="draws the order of the runs (25)")
    options = parser.parse_args()
    options.only = options.only.split(",")
    if options.runs < 1 or any(name not in SCENARIOS for name in options.only):
        parser.error("--runs is at least 1, and --only names scenarios")
    return options


def main():
    options = arguments()
    if not os.path.exists(os.path.join(TARGET, "pawl.jar")):
        raise Failed("build Pawl first: ./mvnw -q -DskipTests package")
    java = find_java()
    os.makedirs(os.path.join(TARGET, "bench"), exist_ok=True)
    archive = os.path.join(TARGET, "bench", "pawl.jsa")
    if os.path.exists(archive):
        os.remove(archive)
    entrants = contenders(java, archive)
    machine = about(java, entrants)
    with tempfile.TemporaryDirectory(prefix="pawl-bench-") as folder:
        server = Server(java, folder)
        try:
            places = {}
            worlds = {name: World(name, server, places) for name in SCENARIOS if name in options.only}
            figures, failed = measure(entrants, worlds, options, folder, server)
        finally:
            server.close()
    found = {}
    for (contender, world), runs in figures.items():
        found.setdefault(contender, {})[world] = summary(runs)
    size = sizes(archive)
    result = {"about": machine, "runs": options.runs, "sizes": size, "driver_rss": peak_rss(), "figures": found,
              "targets": targets(found, size)}
    text = "\n".join(tell(result, entrants, worlds))
    print(text)
    if options.timeline:
        print("\n".join(timeline_lines(entrants, figures)))
    if options.json:
        result["each"] = {c + " " + w: runs for (c, w), runs in figures.items()}
        result["calls"] = {name: world.calls for name, world in worlds.items()}
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(result, file, indent=1)
    if failed:
        names = "; ".join(contender.title + ", " + SCENARIOS[world.name] for contender, world in failed)
        raise Failed("left out, as they didn't do what they were to do: " + names)
    if options.save:
        with open(os.path.join(HOME, "results.md"), "w", encoding="utf-8") as file:
            head = "# The last figures\n\nWritten by `bench/run --save`; [README.md](README.md) says what they mean.\n\n"
            file.write(head + "```text\n" + text + "\n```\n")


try:
    main()
except Failed as failure:
    say(str(failure))
    sys.exit(1)
except KeyboardInterrupt:
    sys.exit(130)
