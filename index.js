'use strict';

/** What the package contains, for anyone who requires it by name; n8n loads the files that package.json lists. */
exports.Juspay = require('./dist/nodes/Juspay/Juspay.node.js').Juspay;
exports.JuspayTrigger = require('./dist/nodes/Juspay/JuspayTrigger.node.js').JuspayTrigger;
exports.JuspayApi = require('./dist/credentials/JuspayApi.credentials.js').JuspayApi;
