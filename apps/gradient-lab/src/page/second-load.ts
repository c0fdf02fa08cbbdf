/** What is not seen at once: loaded when the first picture stands. */
export { ValuesTable } from "@unroll/page-parts";
export { ControlsDialog } from "./dialogs/controls-dialog.tsx";
export { KeysDialog } from "./dialogs/keys-dialog.tsx";
export { chooseFile } from "./files/choose-file.ts";
export { listenToFiles } from "./files/listen-to-files.ts";
export { ModelCard } from "./files/model-card.tsx";
export { StoryPicker } from "./header/story-picker.tsx";
export { playIntro } from "./intro.ts";
export { MapTable } from "./map/map-table.tsx";
export { listenToKeys } from "./parts/keyboard.ts";
export { ExportList } from "./share/export-list.tsx";
export { SpectrumPanel } from "./spectrum/spectrum-panel.tsx";
export { StoryPanel } from "./story/story-panel.tsx";
export { TrainingPanel } from "./training/training-panel.tsx";

import "./styles/second.css";
