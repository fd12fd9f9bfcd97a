// A stream of scimdrill as load of k6, with the module k6/x/scimdrill.
//
//   k6-scimdrill run -e STREAM=stream.jsonl -e TARGET=http://127.0.0.1:8080 -e TOKEN=secret -e VUS=16 replay.js
//
// Each iteration sends the requests of one object. RATE, if it is set, begins so many objects a second.
import exec from 'k6/execution';
import { open } from 'k6/x/scimdrill';

const given = { stream: __ENV.STREAM, target: __ENV.TARGET, token: __ENV.TOKEN || '' };
if (__ENV.ALLOW_HOST) {
  given.allowHost = __ENV.ALLOW_HOST;
}
if (__ENV.ALLOW_RATE) {
  given.allowRate = 'yes';
}
const stream = open(given);

const vus = Number(__ENV.VUS || 16);
const rate = Number(__ENV.RATE || 0);
const closed = { executor: 'shared-iterations', vus, iterations: stream.objects, maxDuration: '24h' };
const paced = { executor: 'constant-arrival-rate', rate, duration: `${Math.ceil(stream.objects / (rate || 1))}s`, preAllocatedVUs: vus, maxVUs: 100 * vus };

export const options = { scenarios: { stream: rate > 0 ? paced : closed } };

export default function () {
  stream.send(exec.scenario.iterationInTest);
}
