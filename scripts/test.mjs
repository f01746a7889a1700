// The tests: units and types first, then everything that needs a Docker daemon.
import { daemonStep } from './lib/daemon-step.mjs';
import { summarise, vitestStep } from './lib/steps.mjs';

summarise([await vitestStep('unit and type tests', 'unit'), await daemonStep()]);
