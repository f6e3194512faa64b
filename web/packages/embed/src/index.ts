export { isToPage, isToShow, type ShowEvent, type ToPage, type ToShow } from './messages.js';
export { CostageShowElement, setDefaultUrl } from './show_element.js';
