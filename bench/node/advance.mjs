// What an Action of this kind does in JavaScript: reads the event, decides whether it is its own, and talks to GitHub. The requests
// are those that Pawl made in the same world (PAWL_BENCH_REQUESTS), one after another as Pawl makes them; {{3/sha}} stands for what
// the answer to the fourth one said there. Deciding and writing texts, which Pawl does between them, costs nothing here.
import { appendFileSync, readFileSync } from 'node:fs';

const OURS = {
  issues: ['opened', 'edited', 'labeled', 'unlabeled', 'assigned', 'reopened', 'closed', 'typed', 'deleted', 'transferred'],
  issue_comment: ['created', 'edited'],
  repository_dispatch: ['pawl'],
};

function filled(value, answers) {
  if (typeof value === 'string') {
    return value.replace(/\{\{(\d+)\/([^}]*)\}\}/g, (_, index, path) =>
      path.split('/').reduce((json, key) => json[key], answers[Number(index)]));
  }
  if (Array.isArray(value)) {
    return value.map(item => filled(item, answers));
  }
  return value && typeof value === 'object'
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, answers)]))
    : value;
}

async function send(octokit, request) {
  try {
    return await octokit.request(request);
  } catch (error) {
    if (error.status === undefined) {
      throw error;
    }
    return { status: error.status, data: error.response?.data };
  }
}

export async function advance(loadOctokit) {
  const event = JSON.parse(readFileSync(process.env.GITHUB_EVENT_PATH, 'utf8'));
  const output = outcome => appendFileSync(process.env.GITHUB_OUTPUT, `outcome=${outcome}\n`);
  if (!OURS[process.env.GITHUB_EVENT_NAME]?.includes(event.action)) {
    output('nothing');
    return;
  }
  const Octokit = await loadOctokit();
  const octokit = new Octokit({
    auth: process.env['INPUT_GITHUB-TOKEN'],
    baseUrl: process.env.GITHUB_API_URL,
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });
  const answers = [];
  for (const { method, path, body, status } of JSON.parse(readFileSync(process.env.PAWL_BENCH_REQUESTS, 'utf8'))) {
    const answer = await send(octokit, { method, url: filled(path, answers), data: filled(body, answers) });
    if (answer.status !== status) {
      throw new Error(`${method} ${path}: ${answer.status} instead of ${status}`);
    }
    answers.push(answer.data);
  }
  output('advanced');
}
