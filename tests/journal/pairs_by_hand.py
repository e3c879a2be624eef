"""People who are there twice, and people who only look so, written down before the rule was made.

Each line is a person: the name, then whatever is known of them, with `;` between. A part with `@`
is an email address, one that begins with a figure or `+` a phone number, one that begins with `at `
a firm, one like `1980-03-02` a birthday, anything else another name.
"""

ONE = (
    # nicknames
    ("Robert Ashworth; +44 7700 900101", "Bob Ashworth"),
    ("Elizabeth Harding", "Liz Harding; liz@harding.example"),
    ("Katherine O'Donnell", "Katie O’Donnell"),
    ("William Kersey; will@kersey.example", "Bill Kersey; +44 7700 900102"),
    # initials and middle names
    ("J. Fairweather; +44 7700 900103", "Jonathan Fairweather"),
    ("Thomas Edward Lawson", "Thomas Lawson"),
    ("Maria Clara da Costa Pinto", "Maria Pinto"),
    ("A M Kowalczyk", "Agnieszka Maria Kowalczyk"),
    ("Ruth B. Marchetti", "Ruth Marchetti; ruth@marchetti.example"),
    # order, commas, blanks, hyphens
    ("Nakamura, Haruto", "Haruto Nakamura"),
    ("Nguyễn Thị Lan", "Lan Nguyen Thi"),
    ("Jean-Luc Moreau", "Jean Luc Moreau"),
    ("JeanLuc Delacroix", "Jean-Luc Delacroix"),
    ("HENRIKSEN Solveig", "Solveig Henriksen"),
    # accents and other letters
    ("José Ibáñez", "Jose Ibanez"),
    ("Jürgen Großmann", "Juergen Grossmann"),
    ("Søren Kjær", "Soeren Kjaer"),
    ("Zoë Brontë", "Zoe Bronte"),
    ("Łucja Wójcik", "Lucja Wojcik"),
    # transliteration
    ("Юлия Соколова", "Yulia Sokolova"),
    ("Дмитрий Волков", "Dmitri Volkov"),
    ("Γιώργος Παπαδόπουλος", "Giorgos Papadopoulos"),
    ("Tchaikowsky Pjotr", "Piotr Tchaikovsky"),
    ("Mohammed El-Sayed", "Muhammad El Sayed"),
    # titles
    ("Dr. Ingrid Falkenberg", "Ingrid Falkenberg"),
    ("Prof. Dr. Uwe Zimmermann", "Uwe Zimmermann; uwe@uni.example"),
    ("Mrs Penelope Thornbury", "Penelope Thornbury MBE"),
    ("Samuel Okafor, PhD", "Sam Okafor"),
    # maiden names
    ("Helga Brandt (Lindner)", "Helga Lindner"),
    ("Claire Dubois née Lefèvre", "Claire Lefevre"),
    ("Petra Vogel geb. Hahn", "Petra Vogel"),
    ("Sofia Lindqvist-Berg", "Sofia Berg"),
    # typing errors
    ("Margaret Thistlewood", "Margret Thistlewood"),
    ("Christopher Vandermeer", "Christopher Vandemeer"),
    ("Giovanni Esposito", "Giovnani Esposito"),
    ("Benjamin Rosenthal", "Benjamin Rosentahl"),
    # addresses as names
    ("oliver.pemberton@post.example", "Oliver Pemberton"),
    ("ferreira_ines@post.example; +351 912 345 001", "Inês Ferreira"),
    ("tomek88@post.example", "Tomasz Zieliński; TOMEK88@post.example"),
    # namesakes by import
    ("Winifred Oakes", "Winifred Oakes (2); winnie@oakes.example"),
    # numbers and addresses
    ("Anna Reuter; +49 170 1234501", "Anna Feldmann; 0170 1234501"),
    ("Beth; +44 7700 900111", "Bethany Crowther; 07700 900111"),
    ("Mum; +44 7700 900112", "Margaret Hughes; 07700 900112"),
    ("Nils; nils.arvidsson@post.example", "Nils Arvidsson; Nils.Arvidsson@Post.example"),
    ("P. Villanueva; pv@post.example", "Pilar Villanueva; pv@post.example"),
    ("Hannah Weiss; 1985-04-17", "Hannah Blum; 1985-04-17"),
    ("Katie H; +44 7700 900113", "Kate Hollis; 07700 900113"),
    # what phones and people put into names
    ("Frederick Moss mobile", "Frederick Moss (work)"),
    ("Ada ❤️ Bellingham", "Ada Bellingham"),
    ('Robert "Bobby" Tarrant', "Bobby Tarrant"),
    ("Elizabeth (Liz) Quayle", "Liz Quayle"),
    ("Jhon Ackerman", "John Ackerman"),
    ("Donald McAllister", "Donald MacAllister"),
    ("Hans-Peter Grünwald", "Hans Peter Gruenwald"),
    ("Fiona O Brien", "Fiona O’Brien"),
    ("Smit, J.", "Jelle Smit"),
    ("Juri Orlov", "Юрий Орлов"),
    ("田中 太郎", "太郎 田中"),
    ("王伟", "王 伟"),
    ("jwinters; jwinters@post.example", "Josephine Winters; jwinters@post.example"),
    ("Ulrich Baumann; 030 5550301; at Baumann GmbH", "U. Baumann; +49 30 5550301"),
    # other names
    ("Rosalind Chatterjee; Roz", "Roz Chatterjee"),
    ("Countess", "Augusta Byron; Countess"),
)
"""Each two are one person."""

TWO = (
    # one family
    ("John Barlow; +44 1223 555001", "Mary Barlow; 01223 555001"),
    ("George Whitlock; the.whitlocks@post.example", "Susan Whitlock; the.whitlocks@post.example"),
    ("John Smythe", "John Smythe Jr"),
    ("John Smythe Sr; +44 1223 555002", "John Smythe Jr; 01223 555002"),
    ("Karl Reinhardt sen.", "Karl Reinhardt jun."),
    ("Henry Tudor VII", "Henry Tudor VIII"),
    ("Emil Krause; 1950-03-02", "Emil Krause (2); 1981-07-19"),
    ("Mario Bellini", "Maria Bellini"),
    ("Ivan Petrov; +7 495 5550003", "Irina Petrova; +7 495 5550003"),
    ("Daniel Stein; +49 30 555004", "Daniela Stein; +49 30 555004"),
    ("Jan Novák", "Jana Nováková"),
    ("Lena Hofer; +43 1 5550005; 1990-05-05", "Lina Hofer; +43 1 5550005; 1990-05-05"),
    ("Tim Sommer", "Tom Sommer"),
    ("John and Mary Barlow", "John Barlow"),
    ("Mr & Mrs Penrose", "Alan Penrose"),
    ("Mr Penhaligon", "Mrs Penhaligon"),
    # one firm
    ("Acme; +44 20 7946 0500", "Nora Fitch; +44 20 7946 0500; at Acme"),
    ("Peter Lang; info@lang.example; at Lang", "Eva Kurz; info@lang.example; at Lang"),
    ("Peter Lang; info@firm.example; at Firm", "Peter Kurz; info@firm.example; at Firm"),
    ("Peter Lang; 030 5550302; at Firm", "Peter Kurz; 030 5550302; at Firm"),
    ("no-reply@shop.example", "Shop; no-reply@shop.example"),
    # a surname, a first name, a word
    ("Ian Calloway", "Jan Calloway"),
    ("Franz Alt", "Franz Neu"),
    ("王 伟", "王 芳"),
    ("Joan Carver", "John Carver"),
    ("Michael Stone", "Michaela Stone"),
    ("Simon Weaver", "Simone Weaver"),
    ("Robert Quist", "Roberta Quist"),
    ("Johann Falk", "Johanna Falk"),
    ("Frances Holt", "Francis Holt"),
    ("Thomas Hansen", "Thomas Jansen"),
    ("Nina Petersen", "Nina Peterson"),
    ("Maria Vogt", "Anna Maria Vogt"),
    ("J & M Barlow; 01223 555009", "J. Barlow; 01223 555009"),
    ("Pedro Lima", "Peter Lima"),
    ("Dentist; 01223 555010", "Mechanic; 01223 555010"),
    ("Emma Castellanos", "Oscar Castellanos"),
    ("Dr Abernathy", "Fiona Abernathy"),
    ("Julia Ward", "Juliet Ward"),
    ("Alexander Frost", "Alexandra Frost"),
    ("James B. Holloway", "James T. Holloway"),
    ("Anna Petersen", "Hanna Pedersen"),
    ("Marta Rossi (Milano)", "Marta Rossi (Torino)"),
    ("Lee Chang", "Lee Cheng"),
    ("Christian Bauer", "Christina Bauer"),
    ("Peter Engel; at Nordwind", "Petra Engel; at Nordwind"),
    ("Rob Ellery; at Nordwind", "Robert Ellery; at Southwind"),
    ("ellen@post.example", "Allen Post"),
    ("Tom; +44 7700 900121", "Rachel Dyer; 07700 900121"),
    ("112 Emergency; 112", "Police; 112"),
)
"""Each two are two people: what they share is no reason to ask."""
