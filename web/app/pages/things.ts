// Pages between which a reader goes back and forth. They share most of their text: one file of them weighs far less than
// the sum of four.
import './things.css';

export { default as entity } from './entity';
export { default as source } from './source';
export { default as statement } from './statement';
export { default as trial } from './trial';
