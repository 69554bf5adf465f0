"""Who runs the fictional network; the same facts that ``manage.py start_network`` asks for."""

from __future__ import annotations

from maillage.home.services import NetworkFacts, Person

FACTS = NetworkFacts(
    name="Maillage",
    postal_address="Maillage (réseau fictif)\n123, rue de l’Exemple\nTrois-Rivières (Québec)  G9A 0A0",
    telephone="819 555-0100",
    email="bonjour@maillage.example.org",
    privacy_officer=Person("Josiane Archambault-Baptiste", "bonjour@maillage.example.org"),
    contact=Person("Josiane Archambault-Baptiste", "bonjour@maillage.example.org", "819 555-0100"),
    editor=Person("Mireille Grondin-Sylvain", "mireille.edition@maillage.example.org"),
)
