"""The widgets: layout, actions and dialogs."""
