"""Words that say nothing of what is needed: grammar, questions, greetings and the act of asking itself."""

from typing import Final

# Folded, as the analysis compares them. "Aide", "besoin" and their kin are stop words here because
# every need says them: left in, they match the organizations that "aident" with anything.
_FRENCH_GRAMMAR = """
a ai aie aient ait as au aucun aucune aura aurait auront aussi autre autres aux avaient avais avait avant avec
avez aviez avions avoir avons ayant c ca car ce ceci cela celle celles celui cent ces cet cette ceux chaque chez
ci comme d dans de dehors depuis des deux dont du dune durant e elle elles en encore entre er est et etaient
etais etait etant ete etes etiez etions etre eu eux fait faire faites faisons fais font faut fut h ici il ils
j je jusqua jusque juste l la laquelle le lequel les lesquelles lesquels leur leurs lors lorsque lui m ma mais
malgre me meme memes mes mien moi moins mon n ne ni non nos notre nous nul on ont or ou oui par parce parmi
pas pendant peu peut peuvent peux plus plusieurs plutot pour pourquoi pourrait pourriez pouvez pouvoir pouvons
pres puis puisque qu quand que quel quelle quelles quelque quelques quels qui quoi quoique s sa sans se sera
serait seront ses seulement si sien sinon soi soient soit sommes son sont sous suis sur t ta tandis tant te tel
telle telles tels tes toi ton tous tout toute toutes tres trop tu un une va vais vers voici voila vont vos
votre vous y etc dune lun lune meme ainsi afin alors apres contre donc
"""
_FRENCH_ASKING = """
aide aider aidez aidee aides allo aimerais aimerait aimerions atil aton besoin besoins bonjour bonsoir cherche
cherchent cherchons comment connaissez desire desirons estce estelle estil merci necessite possible pourraisje
pouvezvous prend prendre puisje quelquun quelqu quelquune recherche recherchons salut sil sait savoir savons
souhaite souhaitent souhaitons svp veut veulent veux voudrait voudrais voudrions voulons plait peuton yatil ya
chose choses personne personnes gens facon maniere niveau cadre ensemble bien bon bonne
"""
_ENGLISH_GRAMMAR = """
a about after again all also am an and any are arent as at be because been before being between both but by can
cannot cant could did do does doesnt doing dont down during each few for from further get gets getting got had
has have having he her here hers him his how i id if ill im in into is isnt it its ive just me more most my no
nor not now of off on once only or other our ours out over own re s same she should so some such t than that
the their theirs them then there these they theyre this those through to too under until up us very was wasnt
we were weve what when where which while who whom why will with without wont would you your yours etc
"""
_ENGLISH_ASKING = """
anybody anyone anything hello help helped helping helps hi like look looking love need needed needing needs
people please someone somebody something thank thanks thing things want wanted wants way
"""

STOP_WORDS: Final[dict[str, frozenset[str]]] = {
    "fr": frozenset(f"{_FRENCH_GRAMMAR} {_FRENCH_ASKING}".split()),
    "en": frozenset(f"{_ENGLISH_GRAMMAR} {_ENGLISH_ASKING}".split()),
}
"""Folded stop words of each language that has some."""
