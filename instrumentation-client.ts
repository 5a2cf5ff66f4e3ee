export { tellNavigation as onRouterTransitionStart } from "./components/shell/navigation-start";
