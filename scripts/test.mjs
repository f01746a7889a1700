// The tests: units and types first, the site in a browser, then everything that needs a Docker daemon, which is made ready meanwhile.
import { daemonStep, prepareDaemon } from './lib/daemon-step.mjs';
import { siteStep } from './lib/site-step.mjs';
import { summarise, vitestStep } from './lib/steps.mjs';

const preparation = prepareDaemon();
summarise([await vitestStep('unit and type tests', 'unit'), await siteStep(), await daemonStep(preparation)]);
