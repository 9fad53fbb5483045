// Svelte's compiler settings: runes everywhere, CSS in files only (the content security policy refuses inline styles).
export default {
  compilerOptions: { runes: true, css: 'external' },
};
