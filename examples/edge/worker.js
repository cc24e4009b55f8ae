// A Worker in front of the API: it refuses what the API would refuse, says what a request will cost, and passes on the rest.

import { check, quote } from 'seedance-preflight';

const CREATE = '/api/open-api/v1/seedance/videos';

export default {
  async fetch(request, env) {
    if (request.method !== 'POST' || new URL(request.url).pathname !== CREATE) return env.API.fetch(request);

    const lang = request.headers.get('accept-language')?.startsWith('zh') ? 'zh' : 'en';
    // The vendor's rules of which month; the default where the binding is not set.
    const edition = env.EDITION ?? undefined;
    const body = new Uint8Array(await request.arrayBuffer());
    const report = check(body, { lang, edition });
    if (!report.accepted) return Response.json(report, { status: 422, headers: { 'cache-control': 'no-store' } });

    // What was checked and priced is what is sent: the normalised request, not the caller's own bytes.
    const passed = new Request(request, { body: JSON.stringify(report.request) });
    passed.headers.delete('content-length');
    const answer = await env.API.fetch(passed);
    const headers = new Headers(answer.headers);
    headers.set('seedance-price', priceLine(quote(report.request, env.PRICES, { edition })));
    return new Response(answer.body, { status: answer.status, headers });
  },
};

function priceLine(price) {
  // A book may name its currency in any script; a header holds ASCII.
  const currency = encodeURIComponent(price.currency);
  switch (price.kind) {
    case 'exact':
      return `${price.amount} ${currency}`;
    case 'range':
      return `${price.amount.min}-${price.amount.max} ${currency}`;
    case 'at-least':
      return `at least ${price.amount.min} ${currency}`;
    default:
      return 'unknown';
  }
}
