/** `npm run images`: the editor's tests; the pictures that they take go where the README shows them. */
process.env.E2E_PICTURES = 'docs/images';

module.exports = { ...require('./jest.config.js'), testMatch: ['**/editor.e2e.ts'] };
