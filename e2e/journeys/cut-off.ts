/** Run in the page: whether an element holds more than its width shows. */
export const cutOff = (element: Element): boolean => element.scrollWidth > element.clientWidth;
