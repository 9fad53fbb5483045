//! The story that the demo tells: who is in the circle, who knows whom, what they post and say.
//!
//! Everybody and everything here is invented; the numbers are of the range kept for fiction. It must stay
//! the same between versions, since a second run recognises posts and comments by their words.

use super::{album, scene::Scene};

/// Somebody of the circle.
pub struct Character {
    /// E.164.
    pub phone: &'static str,
    /// The handle.
    pub username: &'static str,
    /// The name that friends see.
    pub name: &'static str,
    /// The profile picture.
    pub picture: Scene,
}

/// A photo and what was said under it.
pub struct Story {
    /// Who posts: an index of [`PEOPLE`].
    pub author: usize,
    /// What is below the photo; unique, since a second run knows the post by it.
    pub caption: &'static str,
    /// The photo in words.
    pub alt: &'static str,
    /// The photo.
    pub scene: Scene,
    /// Who can see it; empty: all friends.
    pub audience: &'static [usize],
    /// Who says what below it, in order.
    pub comments: &'static [(usize, &'static str)],
}

/// How two people became friends.
#[derive(Clone, Copy)]
pub enum Meeting {
    /// The first asked, the second accepted.
    Asked,
    /// Both asked.
    Crossed,
}

/// The one that a newcomer signs in as.
pub const ROBIN: usize = 0;
const MAYA: usize = 1;
const JONAS: usize = 2;
const PRIYA: usize = 3;
const TOMAS: usize = 4;
const HANNAH: usize = 5;
const SAM: usize = 6;
/// The one whose request waits for an answer.
pub const LENA: usize = 7;

/// Everybody.
pub const PEOPLE: [Character; 8] = [
    person("+12025550100", "robin.hale", "Robin Hale", album::OF_ROBIN),
    person("+12025550101", "maya.okafor", "Maya Okafor", album::OF_MAYA),
    person("+12025550102", "jonas.lind", "Jonas Lind", album::OF_JONAS),
    person("+12025550103", "priya.raman", "Priya Raman", album::OF_PRIYA),
    person("+12025550104", "tomas.vega", "Tomás Vega", album::OF_TOMAS),
    person("+12025550105", "hannah.weiss", "Hannah Weiss", album::OF_HANNAH),
    person("+12025550106", "sam.carter", "Sam Carter", album::OF_SAM),
    person("+12025550107", "lena.petrova", "Lena Petrova", album::OF_LENA),
];

/// Who are friends, and how they became it.
pub const FRIENDSHIPS: [(usize, usize, Meeting); 15] = [
    (ROBIN, MAYA, Meeting::Asked),
    (JONAS, ROBIN, Meeting::Asked),
    (ROBIN, PRIYA, Meeting::Crossed),
    (TOMAS, ROBIN, Meeting::Asked),
    (ROBIN, HANNAH, Meeting::Asked),
    (SAM, ROBIN, Meeting::Crossed),
    (MAYA, JONAS, Meeting::Asked),
    (PRIYA, MAYA, Meeting::Asked),
    (SAM, MAYA, Meeting::Asked),
    (JONAS, TOMAS, Meeting::Crossed),
    (HANNAH, PRIYA, Meeting::Asked),
    (SAM, HANNAH, Meeting::Asked),
    (TOMAS, HANNAH, Meeting::Asked),
    (LENA, MAYA, Meeting::Asked),
    (LENA, SAM, Meeting::Asked),
];

/// Robin's address book beside the circle: people who are not on Kith.
pub const OUTSIDERS: [(&str, &str); 2] =
    [("Grandma Ellen", "+12025550150"), ("Dr. Novak (dentist)", "+12025550151")];

/// Everything that was posted, oldest first.
pub const STORIES: [Story; 20] = [
    Story {
        author: JONAS,
        caption: "Six in the morning, minus eleven, and nobody else on the trail.",
        alt: "Snowy firs below pale mountains at dawn",
        scene: album::FIRS_AT_DAWN,
        audience: &[],
        comments: &[
            (MAYA, "Minus eleven?! I complained about plus nine today."),
            (TOMAS, "Wait for me next weekend, I am bringing the good thermos."),
            (JONAS, "Deal. You also bring the cinnamon rolls."),
        ],
    },
    Story {
        author: MAYA,
        caption: "First swim of the year. It was exactly as cold as it looks.",
        alt: "A calm sea under an orange evening sky",
        scene: album::EVENING_SEA,
        audience: &[],
        comments: &[
            (ROBIN, "You said \"never before June\"."),
            (MAYA, "I said a lot of things."),
            (SAM, "Respect. I got wet feet from looking at it."),
            (LENA, "Next time take me with you!"),
        ],
    },
    Story {
        author: PRIYA,
        caption: "The balloon people came back. I counted four before breakfast.",
        alt: "Hot-air balloons over misty hills at sunrise",
        scene: album::BALLOONS,
        audience: &[],
        comments: &[
            (HANNAH, "The striped one! Is that the same pilot as last year?"),
            (PRIYA, "It is. He waves at the cows."),
            (ROBIN, "Printing this one for the kitchen, if I may."),
        ],
    },
    Story {
        author: ROBIN,
        caption: "Walked home the long way.",
        alt: "Green hills with round trees in afternoon light",
        scene: album::ORCHARD_HILLS,
        audience: &[],
        comments: &[
            (MAYA, "Past the old orchard? I miss that path."),
            (ROBIN, "Past the old orchard, and twice around it."),
        ],
    },
    Story {
        author: SAM,
        caption: "Night shift view. The 14th floor has the best coffee machine, too.",
        alt: "A city at night mirrored in a river",
        scene: album::RIVER_CITY,
        audience: &[],
        comments: &[
            (HANNAH, "Who is still up in the tall one on the left?"),
            (SAM, "Accounting. It is always accounting."),
        ],
    },
    Story {
        author: HANNAH,
        caption: "The poppies did not wait for the calendar.",
        alt: "A meadow full of red poppies under small clouds",
        scene: album::POPPY_FIELD,
        audience: &[],
        comments: &[
            (PRIYA, "I can smell this photo."),
            (TOMAS, "Where is this? The fields by the station?"),
            (HANNAH, "Behind the station, left at the chapel. Go before the weekend."),
        ],
    },
    Story {
        author: TOMAS,
        caption: "Hut to hut, day two. My knees send their regards.",
        alt: "High mountains with snow fields behind green slopes",
        scene: album::HIGH_PEAKS,
        audience: &[],
        comments: &[
            (JONAS, "Day two is the steep one. Day three is the kind one, I promise."),
            (ROBIN, "How many of those peaks have names?"),
            (TOMAS, "All of them. I gave them new ones on the way up."),
        ],
    },
    Story {
        author: MAYA,
        caption: "For you two only: this is where I want to rent the house in August.",
        alt: "A sailing boat in a wide quiet bay",
        scene: album::QUIET_BAY,
        audience: &[ROBIN, PRIYA],
        comments: &[
            (PRIYA, "Yes. No further questions."),
            (ROBIN, "Is there a desk with that view? Asking for my employer."),
            (MAYA, "There is a kitchen table and a hammock."),
        ],
    },
    Story {
        author: JONAS,
        caption: "They were dancing for two hours. I forgot to be cold.",
        alt: "Green northern lights over a dark lake",
        scene: album::NORTHERN_LIGHTS,
        audience: &[],
        comments: &[
            (ROBIN, "I have no words, so: wow."),
            (MAYA, "Is it as green as that when you stand there?"),
            (JONAS, "Greener. And it makes no sound at all, which is the strange part."),
            (TOMAS, "Okay, I am coming in winter, too."),
        ],
    },
    Story {
        author: PRIYA,
        caption: "October in one picture.",
        alt: "Trees in red and yellow beside still water",
        scene: album::OCTOBER_TREES,
        audience: &[],
        comments: &[
            (MAYA, "The red one on the right is showing off."),
            (PRIYA, "It knows what it is doing."),
        ],
    },
    Story {
        author: LENA,
        caption: "Rain over the strait, then this for ten minutes.",
        alt: "A boat alone under dark clouds",
        scene: album::RAIN_STRAIT,
        audience: &[],
        comments: &[
            (SAM, "That is the whole month in one photo."),
            (LENA, "Ten minutes of it, yes."),
        ],
    },
    Story {
        author: SAM,
        caption: "Took the early train for once. Worth it.",
        alt: "Layers of hills in morning mist",
        scene: album::MORNING_MIST,
        audience: &[],
        comments: &[
            (ROBIN, "Sam, awake before nine? Is everything all right?"),
            (SAM, "The photo is real, the smile was not."),
        ],
    },
    Story {
        author: ROBIN,
        caption: "Grandma asked for a photo of \"something with snow\". Here it is.",
        alt: "A cabin with lit windows in falling snow",
        scene: album::SNOW_CABIN,
        audience: &[],
        comments: &[
            (HANNAH, "This looks like the inside of a snow globe."),
            (PRIYA, "Tell Grandma Ellen that I want her soup recipe."),
            (ROBIN, "She says it is not a recipe, it is a feeling."),
        ],
    },
    Story {
        author: HANNAH,
        caption: "Surprise for Sunday, so only you know: we are taking the boat out.",
        alt: "A sail in evening light",
        scene: album::EVENING_SAIL,
        audience: &[SAM, TOMAS],
        comments: &[
            (TOMAS, "I will bring the rolls. I am the roll person now."),
            (SAM, "My lips are sealed. And slightly seasick."),
        ],
    },
    Story {
        author: TOMAS,
        caption: "Day three was the kind one. Jonas was right.",
        alt: "A mountain lake mirroring white peaks",
        scene: album::MOUNTAIN_LAKE,
        audience: &[],
        comments: &[
            (JONAS, "I take payment in cinnamon rolls."),
            (HANNAH, "Did you jump in?"),
            (TOMAS, "For four seconds. Ask my echo."),
        ],
    },
    Story {
        author: MAYA,
        caption: "Moon came up while we were doing the dishes. Dishes lost.",
        alt: "The moon over a dark sea",
        scene: album::MOON_SEA,
        audience: &[],
        comments: &[
            (ROBIN, "The dishes will understand."),
            (JONAS, "Same moon here, one hour later. Waved at you."),
        ],
    },
    Story {
        author: SAM,
        caption: "Sunday, no plans, no phone (almost).",
        alt: "A yellow meadow below a wide sky",
        scene: album::YELLOW_MEADOW,
        audience: &[],
        comments: &[(MAYA, "\"Almost\"."), (SAM, "How else would you know that I have no phone?")],
    },
    Story {
        author: PRIYA,
        caption: "The last ferry. We were the only ones on deck.",
        alt: "Violet evening sky over dark islands",
        scene: album::LAST_FERRY,
        audience: &[],
        comments: &[
            (HANNAH, "Everyone else was inside for the waffles."),
            (PRIYA, "You could have said that there were waffles!"),
        ],
    },
    Story {
        author: JONAS,
        caption: "New snow, old sledge.",
        alt: "Bright snow hills below a blue sky",
        scene: album::NEW_SNOW,
        audience: &[],
        comments: &[
            (TOMAS, "Who steers and who screams?"),
            (JONAS, "We take turns. Mostly I scream."),
        ],
    },
    Story {
        author: HANNAH,
        caption: "Home. Window open, everything quiet.",
        alt: "Soft evening light over hills and trees",
        scene: album::EVENING_HILLS,
        audience: &[],
        comments: &[
            (ROBIN, "See you on Tuesday?"),
            (HANNAH, "Tuesday. I will tell you everything."),
        ],
    },
];

const fn person(
    phone: &'static str,
    username: &'static str,
    name: &'static str,
    picture: Scene,
) -> Character {
    Character { phone, username, name, picture }
}
