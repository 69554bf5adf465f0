"""Django's e-mail backend that writes rows: every mail, also allauth's and Wagtail's, becomes a Message."""
