import '../alpha/contract.js';
