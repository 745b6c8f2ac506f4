/** The same as the package itself; importing it defines the element `<credenza-connect>`. */
export * from './index.js';
