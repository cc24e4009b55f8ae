import { check } from 'seedance-preflight';

export const POST = async (request) => Response.json(check(await request.text()));
