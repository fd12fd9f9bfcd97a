// A stream of scimdrill for k6: ids of responses stand in later requests, and the requests of one object are sent
// one after the other.
//
//   k6 run -e TOKEN=secret -e TARGET=https://scim.example.com/scim -e VUS=16 replay.k6.js
//
// Each iteration sends all requests of one object. RATE, if it is set, begins so many objects a second.
//
// What this script cannot do, and `scimdrill replay` does:
// - send each request when it was due: the order between objects and their times are not those of the stream
// - share ids between VUs: an object of another VU is searched for by its name, as Entra does (scim_lookups)
// - keep a journal for `scimdrill cleanup`, and spare hosts that are not loopback
// - compare what the target holds in the end with what the stream wrote
// - fill values that only rules (bindsFrom) find: such requests are left out and counted when this file is written
import http from 'k6/http';
import exec from 'k6/execution';
import { check, sleep } from 'k6';
import { Counter } from 'k6/metrics';
import { SharedArray } from 'k6/data';

const chains = new SharedArray('chains', () => JSON.parse(open('./replay.k6.json')));
const target = (__ENV.TARGET || TARGET_DEFAULT).replace(/\/+$/, '');
const unsent = new Counter('scim_unsent');
const lookups = new Counter('scim_lookups');
const different = new Counter('scim_different_status');
const tries = 120;

const vus = Number(__ENV.VUS || 16);
const rate = Number(__ENV.RATE || 0);
const closed = { executor: 'shared-iterations', vus, iterations: chains.length, maxDuration: '24h' };
const open_ = { executor: 'constant-arrival-rate', rate, duration: `${Math.ceil(chains.length / (rate || 1))}s`, preAllocatedVUs: vus, maxVUs: 100 * vus };

export const options = { scenarios: { stream: rate > 0 ? open_ : closed } };

const ids = new Map(); // of this VU

function headers(more) {
  const all = Object.assign({ Accept: 'application/scim+json' }, more);
  if (__ENV.TOKEN) {
    all.Authorization = `Bearer ${__ENV.TOKEN}`;
  }
  return all;
}

function json(response) {
  try {
    return JSON.parse(response.body) || {};
  } catch (e) {
    return {};
  }
}

function idOf(location) {
  const last = (location || '').split('?')[0].split('/').pop();
  try {
    return decodeURIComponent(last);
  } catch (e) {
    return last;
  }
}

// found searches for an object of another VU by its name.
function found(wanted) {
  for (let i = 0; i < tries; i++) {
    lookups.add(1);
    const response = http.get(target + wanted.search, { headers: headers({}), tags: { name: 'GET (other object)' } });
    const list = json(response).Resources || [];
    if (response.status === 200 && list.length > 0 && list[0].id !== undefined) {
      return String(list[0].id);
    }
    sleep(0.5);
  }
  return undefined;
}

// fill puts ids into the holes of a text.
function fill(text, values, escape) {
  let out = text.parts[0];
  (text.holes || []).forEach((hole, i) => {
    out += escape(values[hole]) + text.parts[i + 1];
  });
  return out;
}

const inJSON = (id) => JSON.stringify(id).slice(1, -1);

// keep takes the ids of a response.
function keep(request, response) {
  if (response.status < 200 || response.status > 299) {
    return;
  }
  const body = json(response);
  const list = body.Resources || [];
  let id = body.id;
  if (request.method === 'POST') {
    id = id === undefined ? idOf(response.headers.Location) : id;
  } else if (list.length === 1) {
    id = list[0].id;
  }
  if (id !== undefined && id !== '') {
    (request.gives || []).forEach((variable) => ids.set(variable, String(id)));
  }
}

export default function () {
  const number = exec.scenario.iterationInTest;
  if (number >= chains.length) {
    return;
  }
  const own = new Set();
  chains[number].forEach((request) => (request.gives || []).forEach((variable) => own.add(variable)));
  for (const request of chains[number]) {
    const values = [];
    for (const wanted of request.needs || []) {
      // What this object was to give and did not is not searched for.
      const id = ids.get(wanted.variable) || (own.has(wanted.variable) ? undefined : found(wanted));
      if (id !== undefined && !own.has(wanted.variable)) {
        ids.set(wanted.variable, id);
      }
      values.push(id);
    }
    if (values.includes(undefined)) {
      unsent.add(1);
      continue;
    }
    const body = fill(request.body, values, inJSON);
    const more = body ? Object.assign({ 'Content-Type': 'application/scim+json' }, request.headers) : request.headers;
    const response = http.request(request.method, target + fill(request.path, values, encodeURIComponent), body || null, {
      headers: headers(more), tags: { name: request.operation },
    });
    keep(request, response);
    const expected = request.status || 0;
    if (expected > 0 && expected !== response.status && (expected >= 300 || response.status >= 300)) {
      different.add(1);
    }
    check(response, { 'has no error': (r) => r.status > 0 && (r.status < 400 || r.status === expected) });
  }
}
