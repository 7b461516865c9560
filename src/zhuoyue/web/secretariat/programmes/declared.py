from zhuoyue.web.secretariat.places import Place, listed

PLACES: tuple[Place, ...] = ()
PAGES = {"programmes.phase": listed("phases"), "programmes.deadline": listed("phases")}
