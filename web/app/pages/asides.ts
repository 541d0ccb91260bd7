// Small pages beside the way, in one file for the same reason.
import './asides.css';

export { default as about } from './about';
export { default as api } from './api';
export { default as conflicts } from './conflicts';
export { default as list } from './list';
export { default as search } from './search';
export { default as unmapped } from './unmapped';
