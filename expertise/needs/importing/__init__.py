"""Reading needs from files: which rows, in which shape, written how."""
