import { check } from 'seedance-preflight';

export const runtime = 'edge';

export const POST = async (request) => Response.json(check(await request.text()));
