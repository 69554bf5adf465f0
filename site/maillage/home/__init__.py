"""Top floor: the home page, the member’s dashboard and the editors’ page « À faire »."""
