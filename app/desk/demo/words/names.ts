const split = (text: string) => text.trim().split(/\s+/)

export const firstNames = split(`
  Ada Adam Aisha Alan Alice Amara Amir Anders Angela Anika Anna Antonio Arthur Asha Astrid Barbara Beatrice Ben Bianca
  Boris Brenda Brigitte Bruno Camille Carla Carlos Caroline Cecilia Charlotte Chiara Chris Clara Claude Colin Daniel
  Daphne David Deborah Denise Diego Dinah Dominic Dora Edith Eduardo Elena Elias Elise Ella Emil Emma Erik Esther Eva
  Fatima Felix Finn Fiona Florence Frances Frank Freya Gabriel Gemma George Gita Gloria Gordon Greta Gustav Hanna Harold
  Hassan Hazel Heidi Helen Henry Hugo Ian Imani Ingrid Irene Isaac Isabel Ivan Jack Jana Jasper Jean Jenny Jonas Judith
  Julia Karen Karim Kate Kenji Lara Laura Leila Leo Lena Linda Lisa Louis Lucy Luis Lydia Magnus Malik Marco Margaret
  Maria Marta Martin Matilda Maya Mei Mia Mikael Mina Mohan Monica Nadia Naomi Natalie Neil Nina Nora Oliver Olga Omar
  Oscar Pablo Patricia Paul Paula Pedro Peter Petra Philip Rachel Ravi Rebecca Rosa Ruth Sam Samira Sara Sebastian Silvia
  Simon Sofia Stella Stefan Susan Sven Tamara Tanya Teresa Theo Thomas Tim Tina Uma Ursula Valerie Vera Victor Vikram
  Viola Walter Wanda Yara Yuki Yusuf Zara Zoe`)

export const surnames = split(`
  Abbott Acosta Adeyemi Ahlberg Alvarez Andersen Archer Aziz Baker Bauer Becker Bell Bennett Berger Bianchi Blake Bondarenko
  Booth Brandt Brooks Burke Calder Campbell Carter Castillo Chandra Chen Clarke Cohen Cole Costa Crane Cruz Dahl Dalton
  Daniels Das Delgado Diallo Dixon Dolan Doyle Duarte Dunn Eder Ekström Ellis Engel Eriksen Evans Farrell Ferreira Fischer
  Fleming Fontaine Ford Foster Fournier Fuchs Gallagher Garcia Geller Gibson Gilbert Gomez Graham Grant Greco Greene Gupta
  Hagen Hall Hansen Harper Harris Haug Hayes Herrera Hoffman Holm Horvat Hughes Hunt Ibrahim Iyer Jansen Jensen Johansson
  Jordan Kaplan Keller Kelly Khan Kim Klein Knight Kovacs Krause Kumar Lam Lang Larsen Lee Lehmann Leone Lewis Lopez Lund
  Mackay Maier Marin Marshall Mason Mehta Mendez Meyer Miller Moran Morris Müller Murphy Nagy Nash Nelson Newman Nguyen
  Nielsen Noble Nolan Novak Nunez Obi Olsen Ortega Osman Palmer Park Parker Patel Pereira Perez Petrov Phillips Popescu
  Porter Powell Pratt Quinn Rahman Ramos Rao Reid Reyes Rhodes Richter Riley Rivera Robinson Romano Rossi Roth Rowe Ruiz
  Russo Ryan Salazar Santos Sato Sawyer Schmidt Schneider Schulz Scott Shah Sharma Shaw Silva Simmons Singh Sloan Smith
  Sousa Stein Stone Sullivan Suzuki Takeda Taylor Tesfaye Thorne Torres Tran Turner Vance Vargas Vega Vogel Wagner Walsh
  Ward Watson Weber Wells West White Wilde Winter Wolf Wong Wood Wright Wu Yamada Yates Yilmaz Young Zeller Zhang Zimmer`)

/** A firm is one of each: Bluebird Bakery, and so is its domain. */
export const firmNames = split(`
  Alder Amber Anchor Arrow Aspen Atlas Beacon Birch Bluebird Bramble Bridge Bright Brook Canyon Cedar Chestnut Clover
  Cobalt Compass Copper Coral Corner Crescent Daisy Delta Ember Falcon Fern Field Flint Forge Foxglove Garnet Golden
  Granite Green Grove Hazel Heron Hill Horizon Indigo Iron Ivy Juniper Kestrel Lantern Larch Laurel Lemon Lighthouse
  Linden Lupin Maple Marble Marigold Meadow Mill Moss North Oak Ocean Olive Orchard Osprey Otter Paper Pebble Pepper Pine
  Plum Poppy Quarry Quill Rain Raven Red River Robin Rowan Saffron Sage Sandpiper Silver Slate Sparrow Spruce Starling
  Stone Summit Swallow Thistle Tide Timber Velvet Violet Walnut Willow Winter Wren`)

export const firmTrades = split(`
  Accounting Architects Bakery Bikes Books Brewing Builders Catering Ceramics Chapel Choir Clinic Coffee Consulting
  Design Dental Digital Events Farm Films Fitness Florists Foods Foundation Furniture Gallery Gardens Glass Guitars Homes
  Hotel Insurance Interiors Joinery Kitchens Labs Law Learning Legal Lighting Logistics Marketing Media Models Museum Music
  Nursery Optics Outdoors Painting Paper Partners Pharmacy Photo Plumbing Pottery Press Print Properties Records Roofing
  Sailing School Signs Software Solar Sound Studio Surveyors Tailors Tea Textiles Theatre Tiles Tours Toys Translations
  Travel Vets Vineyard Web Weddings Windows Workshop Yoga`)

export const projects = [
  "Spring catalogue",
  "the Henderson house",
  "Website 2",
  "the annual report",
  "Kitchen refit",
  "Autumn fair",
  "the Riverside site",
  "Rebranding",
  "Class of the year",
  "the shop move",
  "Trade show",
  "Summer tour",
  "the new menu",
  "Newsletter",
  "Client onboarding",
  "the Baxter wedding",
  "Warehouse",
  "Season tickets",
  "the photo archive",
  "Roof and gutters",
]

export const files = [
  "plans-final-3.pdf",
  "Budget März.xlsx",
  "logo_new.ai",
  "drawing 14b.dwg",
  "minutes.docx",
  "photos-site.zip",
  "contract-signed.pdf",
  "menu_v7.pdf",
  "showreel.mov",
  "floor-2.png",
]
