import type { VNode } from "preact";
import { Icon, type IconName } from "./icon.tsx";

interface ButtonProps {
  readonly icon: IconName;
  readonly label: string;
  /** The label stands beside the icon; else it is heard, and shown by the pointer. */
  readonly wide?: boolean;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly keys?: string;
  readonly onPress: () => void;
}

export function Button({ icon, label, wide, pressed, disabled, keys, onPress }: ButtonProps): VNode {
  return (
    <button
      type="button"
      class="button"
      data-wide={wide}
      title={wide ? undefined : label}
      aria-label={wide ? undefined : label}
      aria-pressed={pressed}
      aria-keyshortcuts={keys}
      disabled={disabled}
      onClick={onPress}
    >
      <Icon name={icon} />
      {wide && <span>{label}</span>}
    </button>
  );
}
