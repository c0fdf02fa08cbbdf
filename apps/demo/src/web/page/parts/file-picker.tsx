import type { ComponentChildren, VNode } from "preact";
import { useRef } from "preact/hooks";

interface FilePickerProps {
  readonly label: string;
  /** Endings and media types, as `<input accept>` has them. */
  readonly accept: string;
  readonly onFile: (file: File) => void;
}

/** A button that asks for a file. */
export function FilePicker({ label, accept, onFile }: FilePickerProps): VNode {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class="toggle" onClick={() => input.current!.click()}>
        {label}
      </button>
      <input
        ref={input}
        type="file"
        accept={accept}
        hidden
        aria-label={label}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          currentTarget.value = "";
          if (file) onFile(file);
        }}
      />
    </>
  );
}

interface DropZoneProps {
  readonly label: string;
  readonly onFile: (file: File) => void;
  readonly children: ComponentChildren;
}

/** A place to drop a file. Whoever cannot drop finds a button inside. */
export function DropZone({ label, onFile, children }: DropZoneProps): VNode {
  const zone = useRef<HTMLDivElement>(null);
  const over = (is: boolean) => (event: DragEvent) => {
    event.preventDefault();
    zone.current!.dataset.over = String(is);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <div
      ref={zone}
      role="group"
      aria-label={label}
      class="drop"
      onDragOver={over(true)}
      onDragLeave={over(false)}
      onDrop={(event) => {
        over(false)(event);
        const file = event.dataTransfer?.files[0];
        if (file) onFile(file);
      }}
    >
      {children}
    </div>
  );
}
