import { keepWritten } from "./components/primitives/written-early";

export { tellNavigation as onRouterTransitionStart } from "./components/shell/navigation-start";

keepWritten();
