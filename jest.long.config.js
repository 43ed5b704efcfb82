// The tests that bring up more than a newcomer wants to wait for: `npm run test:long`.
import config, { project } from './jest.config.js';

export default { ...config, projects: [project('long')] };
