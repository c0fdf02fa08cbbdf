import { render } from "preact";

render(<h1>gradient-lab</h1>, document.getElementById("lab")!);
