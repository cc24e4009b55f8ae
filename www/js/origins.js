// Where calls go: the paths of the API and of the companion, and the origins.
import { state } from './state.js';

export const CREATE = '/api/open-api/v1/seedance/videos';
export const TASK = '/api/open-api/v1/videos/';
export const UPLOAD = '/api/open-api/v1/files/upload';
/** The companion describes itself here. */
export const COMPANION = '/api/companion';
/** The API in the seed's `servers`, and the console in its Billing section. */
export const API_ORIGIN = 'https://www.jimmyai.cn';
export const CONSOLE = 'https://open.jimmyai.cn';
/** The environment variable that the companion and exported programs read the key from. */
export const KEY_VARIABLE = 'JIMMYAI_API_KEY';

/** The origin that calls go to: the companion's own, or the one the user sees. */
export const callOrigin = () => (state.companion ? location.origin : state.settings.origin || API_ORIGIN);
/** The API origin for exported commands. */
export const apiOrigin = () => state.companion?.api_origin ?? (state.settings.origin || API_ORIGIN);
