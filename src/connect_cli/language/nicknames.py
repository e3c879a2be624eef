"""Short forms of first names, and the names that they are short for."""

from collections import defaultdict

from connect_cli.language.words import fold

_SHORT = """
abraham: abe bram
agnieszka: aga agnes
alexander aleksander: alex alec sandy sasha xander alek lex
alexandra aleksandra: alex sandra sasha lexi ola
alfred: alf fred alfie
andrew: andy drew
andreas: andy andi
andrzej: jedrek
andres: andy
anna: annie anya ania nan
ann anne: annie nan
anthony antonio: tony toni
anton: toni
arthur: art artie
barbara: barb babs basia
bartholomew: bart
benjamin benedict: ben benny benji
bethany: beth
bernard bernhard: bernie bernd
caroline carolina: carrie caro
catherine katherine katharina katarzyna: kate katie kathy cathy kat kitty kasia katya katja kathryn
charles: charlie chuck charley
carl karl: kalle
charlotte: charlie lottie lotte
christopher christoph: chris kit topher
christian: chris
christina christine: chris tina chrissy
daniel: dan danny
david: dave davy
deborah: deb debbie debra
dmitri dimitrios: dima mitya dimitri
dominic: dom dominik
donald: don donny
dorothy dorothea: dot dottie thea doro
edward eduard: ed eddie ted teddy ned
eleanor eleonora: ellie nell
elizabeth elisabeth: liz lizzie lizzy beth betty eliza libby bess betsy sissi
emily emilia: em emmy millie
eugene: gene
ferdinand: ferdi
florence: flo florrie
frances francesca: fran fanny frankie
franziska: franzi
francis: frank
francisco: paco pancho fran
francesco: cesco
frederick friedrich: fred freddie fritz
federico: fede
gabriel: gabe
gabriele gabriela gabriella: gabi gaby
geoffrey jeffrey: geoff jeff
george georg: georgie
giorgos georgios: yorgos
gerald gerard: gerry jerry
gerhard: gerd
giovanni: gianni
giuseppe: beppe pino peppe
gregory gregor: greg
gustav: gus
guillermo: memo
helen helena: nell
elena yelena: alyona lenochka
henry: harry hank
heinrich: heinz heiner
herbert: herb bert
ignacio: nacho
isabel isabella isabelle: izzy bella issy belle
ivan: vanya
jacob jakob: jake kuba
jacqueline: jackie
james: jim jimmy jamie jem
jan: janek
jane: janie
jennifer: jen jenny jenn
jessica: jess jessie
joanna johanna joanne: jo asia
johannes johann: hans hannes jo
john: jack johnny jon
jonathan: jon jonny
joseph: joe joey
josef: sepp
jose: pepe
joshua: josh
judith: judy jude
julia: jules julka jule yulia yulya
kenneth: ken kenny
konstantin constantine: kostya kostas costas
lawrence laurence: larry laurie
lorenzo: enzo renzo
leonard leonardo: leo len lenny
louis: lou lewis louie
ludwig: lutz
lucia: lucy
lucas: luke luc
magdalena magdalene: magda
małgorzata: gosia małgosia
manuel emmanuel: manny manolo
manuela: manu
margaret: maggie meg peggy marge margie madge
margarete: gretel grete
maria: mitzi masha marysia
martha: marty
martin: marty
martina: tina
mary: polly
matthew: matt matty mat
matthias: matt hias
mateo matteo: matt teo
maximilian: max
maxwell maxim: max
melanie: mel
melissa: mel lissa
michael: mike mick mickey mitch micha
mikhail: misha mike
mohammed: mohamed muhammad mohammad muhammed mo mohamad mohd
natalia natalie natasha: nat tasha nata
nathaniel nathan: nat nate
nicholas nicolas: nick nicky nico
nikolaus nikolas: klaus nick niko
nikolai: kolya nick
nicole: nicky nic
oliver: ollie olly
olivia: liv livvy ollie
pamela: pam
patricia: pat patty trish tricia patsy pati
patrick: pat paddy rick
paul: paulie
pavel: pasha
penelope: penny pen
peter: pete pit
pyotr piotr petr pjotr: petya
philip philipp phillip: phil pip flip
rachel: rach rae
raymond: ray
rebecca: becky becca bex
richard: rick dick richie rich ricky
robert: rob bob bobby robbie bert
roberta: bobbie
roger: rodge
ronald: ron ronnie
rosalind: roz ros
rosemary: rosie
samantha: sam sammy
samuel: sam sammy
sebastian: seb basti bastian
simon: si
stanislav stanislaw: stan stas
stanley: stan
stephen steven: steve stevie
stefan stephan: steff
stephanie: steph stef steffi
susan susanna susanne suzanne: sue susie suzy
zuzanna: zuza
svetlana: sveta lana
tatiana: tanya tania
terence: terry
theodore theodor: ted teddy theo fyodor
theresa teresa: terry tess resi
thomas: tom tommy thom
tomasz: tomek tom
tomas: tom
timothy timotheus: tim timmy timo
tobias: toby tobi
ursula: uschi ulla
valentina: valya
veronica: ronnie roni
victor viktor: vic vitya
victoria viktoria: vicky vic tori
vincent: vince vinnie
virginia: ginny
vladimir: vova volodya vlad volodymyr
walter: walt wally
wilhelm: willi willy
wilhelmina: mina billie
william: will bill billy willie liam
winifred: winnie freddie
yevgeny evgeny: zhenya
zachary: zach zack
"""
"""Names of one person in one line, those that are written in full before the colon.

A short form may stand in several lines: Alex, Chris.
"""


def _read() -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    full: set[str] = set()
    for line in fold(_SHORT).strip().splitlines():
        whole, _, short = line.partition(":")
        first, *others = whole.split()
        full |= {first, *others}
        for word in (first, *others, *short.split()):
            found[word].add(first)
    return {word: frozenset(names) for word, names in found.items()}, frozenset(full)


_WHOLE, _FULL = _read()


def whole_names(word: str) -> frozenset[str]:
    """The names that a folded first name may be short for; none for a word that is in no line."""
    return _WHOLE.get(word, frozenset())


def is_short(word: str) -> bool:
    """Whether a folded first name is only a short form: Jack and Jon may be two Johns."""
    return word in _WHOLE and word not in _FULL
