import { advance } from './advance.mjs';

await advance(async () => (await import('@octokit/rest')).Octokit);
