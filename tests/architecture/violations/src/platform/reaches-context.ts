import '../../modules/alpha/contract.js';
