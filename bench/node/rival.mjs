import { Octokit } from '@octokit/rest';
import { advance } from './advance.mjs';

await advance(() => Octokit);
